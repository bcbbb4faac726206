/** Completion: the editor's own words and snippets immediately, tables and columns from Flink. */
import type { languages } from 'monaco-editor';
import type { SqlCompletions } from '#sandbox/protocol/sql.ts';
import { api } from '../../api/api.ts';
import type { Exercise } from '../../exercise-store.ts';
import { monaco } from '../monaco/monaco-parts.ts';
import { hasLeftWord, sqlPlaceAt } from './place.ts';
import { type Suggestion, suggestionsAt } from './suggestions.ts';

/**
 * Flink responds within a few milliseconds, on a busy machine later. After this time the list appears without its suggestions, which join
 * with the next letter. Where the editor has none of its own, the list waits for Flink.
 */
const PATIENCE_MS = 800;

const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;
const KINDS: Record<Suggestion['kind'], languages.CompletionItemKind> = {
  column: CompletionItemKind.Field,
  table: CompletionItemKind.Struct,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.TypeParameter,
  snippet: CompletionItemKind.Snippet,
  option: CompletionItemKind.Property,
};
/** Columns and tables come before snippets, snippets before words. */
const ORDER: Record<Suggestion['kind'], string> = {
  column: '1',
  table: '1',
  option: '1',
  snippet: '2',
  keyword: '3',
  function: '4',
  type: '5',
};

export function completeFlinkSql({ plan, drafts }: Exercise): languages.CompletionItemProvider {
  async function askFlink(line: number, column: number): Promise<SqlCompletions['items']> {
    const outcome = await api.sqlComplete({ lesson: plan.lesson, files: drafts.files(), line, column });
    return outcome.ok ? outcome.value.items : [];
  }

  return {
    triggerCharacters: ['.', "'"],
    async provideCompletionItems(model, position) {
      const text = model.getValue();
      const offset = model.getOffsetAt(position);
      const before = text.slice(0, offset);
      const place = sqlPlaceAt(before, text.slice(offset));
      if (place.kind === 'nowhere') return { suggestions: [] };
      const isEntry = model.uri.path === `/${plan.editable[0]}`;
      const isName = place.kind !== 'option' && place.kind !== 'setting' && place.kind !== 'statement';
      const own = suggestionsAt(place);
      const known = new Set(own.map(({ label }) => label.toUpperCase()));
      const asked = isEntry && isName ? askFlink(position.lineNumber, position.column) : Promise.resolve([]);
      const inTime = await (own.length === 0 ? asked : Promise.race([asked, patience()]));
      // Monaco filters a list that comes late by the next word, finds nothing, and asks no more; it does ask when the list is empty.
      if (hasLeftWord({ before, after: text.slice(offset) }, model.getValue())) return { suggestions: [] };
      const items = [...(inTime ?? []).filter(({ label }) => !known.has(label.toUpperCase())), ...own];
      const typed = (isName || place.kind === 'statement' ? /[\w$]*$/ : /[\w.-]*$/).exec(before)?.[0] ?? '';
      const range = monaco.Range.fromPositions(position.delta(0, -typed.length), position);
      const order = place.kind === 'table-function' ? { ...ORDER, snippet: '0' } : ORDER;
      return {
        suggestions: items.map((item) => ({ ...toMonaco(item, range), sortText: `${order[item.kind]}${item.label}` })),
        incomplete: inTime === null,
      };
    },
  };
}

function patience(): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}

function toMonaco(
  { label, kind, snippet, detail }: Suggestion,
  range: languages.CompletionItem['range'],
): languages.CompletionItem {
  return {
    label,
    range,
    kind: KINDS[kind],
    insertText: snippet ?? label,
    filterText: label.replaceAll('`', ''),
    ...(snippet === undefined ? {} : { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet }),
    ...(detail === undefined ? {} : { detail }),
  };
}
