import { flinkSqlGrammar } from './flink-sql-grammar.ts';
import type { Grammar } from './grammar.ts';
import { typescriptGrammar } from './typescript-grammar.ts';

/** How the field colours a file, by its ending. For the build: the page carries only the grammar that it needs. */
export function grammarOf(fileName: string): Grammar {
  return fileName.endsWith('.sql') ? flinkSqlGrammar : typescriptGrammar;
}
