import { compile } from 'monaco-editor/editor/standalone/common/monarch/monarchCompile.js';
import { MonarchTokenizer } from 'monaco-editor/editor/standalone/common/monarch/monarchLexer.js';
import { describe, expect, test } from 'vitest';
import { flinkSqlTokens } from '../../../site/src/client/editor/flink-sql/tokens.ts';
import { highlight } from '../../../site/src/client/highlight.ts';
import { flinkSqlGrammar } from '../../../site/src/code/flink-sql-grammar.ts';
import { highlightLines } from '../../../site/src/code/highlight.ts';

const QUERY = `-- Rides a minute, 'late' ones left out
SELECT window_end, r.zone, COUNT(*) AS rides, \`order\`
FROM TABLE(
  TUMBLE(TABLE rides /*+ OPTIONS('scan.startup.mode' = 'latest-offset') */, DESCRIPTOR(picked_up_at), INTERVAL '1' MINUTE))
WHERE fare >= 12.5 AND status <> 'it''s' /* two
lines */ GROUP BY window_end, r.zone;
CREATE TABLE t (id BIGINT, PRIMARY KEY (id) NOT ENFORCED, at TIMESTAMP_LTZ(3));
select key, count, 7 from o.select where time = TIMESTAMP '2026-01-01 00:00:00' -- end`;

describe('Flink SQL is coloured', () => {
  test('alike in the field, in the lesson and in the editor, so that no colour changes when the editor appears', async () => {
    const field = inField(QUERY);
    expect(await inLesson(QUERY)).toEqual(field);
    expect(inEditor(QUERY)).toEqual(field);
  });

  test('by the kind of a word, not by its case', () => {
    expect(coloured('select Zone from rides')).toEqual(['w select', 'w from']);
    expect(coloured('SELECT "x", `from`, r.select, selected, from_city')).toEqual(['w SELECT']);
  });

  test('so that the name of a function is a word only before a parenthesis', () => {
    expect(coloured('replace, REPLACE(x)')).toEqual(['w REPLACE']);
  });

  test('so that a key is a word in PRIMARY KEY and a column elsewhere', () => {
    expect(coloured('key, PRIMARY KEY (key), zone, WITH LOCAL TIME ZONE')).toEqual([
      'w PRIMARY KEY',
      'w WITH',
      'w LOCAL TIME ZONE',
    ]);
  });

  test('with hints as code and comments as comments', () => {
    expect(coloured("/*+ OPTIONS('a'='b') */ /* + no */ --+ no")).toEqual([
      'w /*+',
      'w OPTIONS',
      "t 'a'",
      "t 'b'",
      'w */',
      'c /* + no */',
      'c --+ no',
    ]);
  });

  test('across lines as long as a string or a comment is open', () => {
    expect(coloured("'a\n''b")).toEqual(["t 'a", "t ''b"]);
    expect(coloured('/* a\nSELECT')).toEqual(['c /* a', 'c SELECT']);
  });
});

/** Each coloured piece as `kind text`. */
function coloured(text: string): string[] {
  return [...highlight(text, flinkSqlGrammar).matchAll(/<span class="(.)">([^<]*)<\/span>/g)]
    .filter(([, kind]) => kind !== 'l')
    .map(([, kind, part]) => `${kind} ${plain(part ?? '')}`);
}

function plain(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A kind for each letter that is no space, line by line. */
function inField(text: string): string[] {
  return [...highlight(text, flinkSqlGrammar).matchAll(/<span class="l">(.*)\n<\/span>/g)].map(([, line = '']) =>
    letters(
      [...line.matchAll(/<span class="(.)">([^<]*)<\/span>|([^<]+)/g)].map(([, kind, inside, outside]) => [
        kind ?? '.',
        plain(inside ?? outside ?? ''),
      ]),
    ),
  );
}

async function inLesson(text: string): Promise<string[]> {
  return (await highlightLines(text, 'main.sql')).map((line) => letters(line.map(({ kind, text: part }) => [kind ?? '.', part])));
}

const KINDS: Record<string, string> = { keyword: 'w', string: 't', number: 'n', comment: 'c' };

function inEditor(text: string): string[] {
  const lexer = compile('flink-sql', flinkSqlTokens);
  const configuration = { getValue: () => 20_000, onDidChangeConfiguration: () => ({ dispose: () => undefined }) };
  const languages = {
    isRegisteredLanguageId: () => true,
    getLanguageIdByMimeType: () => null,
    languageIdCodec: { encodeLanguageId: () => 1 },
  };
  const tokenizer = new MonarchTokenizer(languages, null, 'flink-sql', lexer, configuration);
  let state = tokenizer.getInitialState();
  return text.split('\n').map((line) => {
    const { tokens, endState } = tokenizer.tokenize(line, true, state);
    state = endState;
    return letters(
      tokens.map(({ offset, type }: { offset: number; type: string }, index: number) => [
        KINDS[type.split('.')[0] ?? ''] ?? '.',
        line.slice(offset, tokens[index + 1]?.offset),
      ]),
    );
  });
}

function letters(pieces: readonly (readonly [string, string])[]): string {
  return pieces.map(([kind, text]) => text.replaceAll(/\S/g, kind)).join('');
}
