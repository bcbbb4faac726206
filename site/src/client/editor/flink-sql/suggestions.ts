/** Suggestions that the editor makes without asking Flink. Pure. */
import type { SqlCompletions } from '#sandbox/protocol/sql.ts';
import { FUNCTIONS, KEYWORDS, TYPES } from '../../../code/flink-sql-words.ts';
import { optionNames, SETTING_NAMES } from './option-names.ts';
import type { SqlPlace } from './place.ts';

export interface Suggestion {
  label: string;
  kind: SqlCompletions['items'][number]['kind'] | 'snippet' | 'option' | 'type';
  /** Text with `${1:placeholder}` for what the learner fills in; without it, the label is inserted. */
  snippet?: string;
  /** Short description. */
  detail?: string;
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
const STATEMENTS: readonly Suggestion[] = [
  snippet('SELECT … FROM …', 'a query; its rows appear below', 'SELECT ${1:*}\nFROM ${2:table};'),
  snippet('INSERT INTO … SELECT …', 'a job that writes to a table', 'INSERT INTO ${1:sink}\nSELECT ${2:*}\nFROM ${3:source};'),
  snippet('CREATE TEMPORARY VIEW … AS …', 'a named query', 'CREATE TEMPORARY VIEW ${1:name} AS\nSELECT ${2:*}\nFROM ${3:table};'),
  snippet(
    'CREATE TABLE … kafka',
    'a topic as a stream of rows',
    "CREATE TABLE ${1:name} (\n  ${2:id} ${3:STRING}\n) WITH (\n  'connector' = 'kafka',\n  'topic' = '${4:topic}',\n  'scan.startup.mode' = 'earliest-offset',\n  'format' = 'json'\n);",
  ),
  snippet(
    'CREATE TABLE … upsert-kafka',
    'a topic as the latest row of each key',
    "CREATE TABLE ${1:name} (\n  ${2:id} ${3:STRING},\n  PRIMARY KEY (${2:id}) NOT ENFORCED\n) WITH (\n  'connector' = 'upsert-kafka',\n  'topic' = '${4:topic}',\n  'key.format' = 'json',\n  'value.format' = 'json'\n);",
  ),
  snippet(
    'EXECUTE STATEMENT SET',
    'several inserts as one job',
    'EXECUTE STATEMENT SET\nBEGIN\nINSERT INTO ${1:sink} ${2:SELECT …};\nINSERT INTO ${3:other} ${4:SELECT …};\nEND;',
  ),
];

const WINDOWS: readonly Suggestion[] = [
  snippet('TUMBLE', 'windows without overlap', "TUMBLE(TABLE ${1:table}, DESCRIPTOR(${2:time}), INTERVAL '${3:1}' ${4:MINUTE})"),
  snippet(
    'HOP',
    'overlapping windows: step, then size',
    "HOP(TABLE ${1:table}, DESCRIPTOR(${2:time}), INTERVAL '${3:1}' ${4:MINUTE}, INTERVAL '${5:5}' ${6:MINUTE})",
  ),
  snippet(
    'CUMULATE',
    'growing windows: step, then size',
    "CUMULATE(TABLE ${1:table}, DESCRIPTOR(${2:time}), INTERVAL '${3:1}' ${4:MINUTE}, INTERVAL '${5:1}' ${6:HOUR})",
  ),
  snippet(
    'SESSION',
    'windows that end after a gap',
    "SESSION(TABLE ${1:table} PARTITION BY ${2:key}, DESCRIPTOR(${3:time}), INTERVAL '${4:5}' ${5:MINUTE})",
  ),
];

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
const WORDS: readonly Suggestion[] = [
  ...KEYWORDS.filter((word) => !TYPES.includes(word)).map((label) => ({ label, kind: 'keyword' as const })),
  ...TYPES.map((label) => ({ label, kind: 'type' as const })),
  ...FUNCTIONS.filter((name) => !KEYWORDS.includes(name)).map((label) => ({
    label,
    kind: 'function' as const,
    snippet: `${label}($0)`,
  })),
];

/** Returns suggestions in display order; none where only Flink knows what fits, or nothing does. */
export function suggestionsAt(place: SqlPlace): readonly Suggestion[] {
  switch (place.kind) {
    case 'nowhere':
    case 'member':
      return [];
    case 'option':
      return optionNames(place.connector).map((label) => ({ label, kind: 'option' }));
    case 'setting':
      return SETTING_NAMES.map((label) => ({ label, kind: 'option' }));
    case 'statement':
      return [...STATEMENTS, ...WORDS.filter(({ kind }) => kind === 'keyword')];
    case 'table-function':
      return WINDOWS;
    case 'word':
      return [...WORDS, ...WINDOWS];
  }
}

function snippet(label: string, detail: string, text: string): Suggestion {
  return { label, detail, kind: 'snippet', snippet: text };
}
