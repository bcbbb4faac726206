import { flinkSqlGrammar } from './flink-sql-grammar.ts';
import type { Grammar } from './grammar.ts';
import { typescriptGrammar } from './typescript-grammar.ts';

/** Returns the field's grammar for a file, by its extension. For the build: a page carries only the grammar that it needs. */
export function grammarOf(fileName: string): Grammar {
  return fileName.endsWith('.sql') ? flinkSqlGrammar : typescriptGrammar;
}
