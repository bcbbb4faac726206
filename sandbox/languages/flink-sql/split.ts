/**
 * Splits files of Flink SQL into statements. The gateway takes one statement at a time, and only this side knows its place in the learner's
 * file.
 */
import type { SqlRange, SqlStatement } from '#sandbox/protocol/sql.ts';
import { rangeOf } from './text-position.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A file of statements. */
export interface SqlFile {
  name: string;
  text: string;
}

/** Text for the gateway: `head`, which is in no file, then the file's text from `start` to the end of the statement. */
export interface SentText {
  sql: string;
  head: string;
  start: number;
}

export interface Statement {
  file: SqlFile;
  /** Offset of its first token, and the one after its last; the semicolon does not belong to it. */
  start: number;
  end: number;
  range: SqlRange;
  kind: SqlStatement['kind'];
  /** Starts a job that reads or writes, or is unknown: a check explains it and never runs it. */
  explained: boolean;
  /** `CREATE TABLE … AS SELECT`: a table that exists only when its job has run. */
  createsFromQuery: boolean;
  run: SentText;
  explain: SentText;
}

/** Returns the statements in order. Space and comments are not a statement. */
export function splitSql(file: SqlFile): Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  let block: Block | null = null;
  for (const token of tokensOf(file.text)) {
    if (token.text === ';' && (!block || block.ended)) {
      if (tokens.length > 0) statements.push(statementOf(file, tokens));
      tokens = [];
      block = null;
      continue;
    }
    tokens.push(token);
    if (block) block.take(token);
    else if (opensBlock(tokens)) block = new Block();
  }
  if (tokens.length > 0) statements.push(statementOf(file, tokens));
  return statements;
}

/** `BEGIN … END` of a statement set, with the semicolons in it. `END` of a CASE does not end it. */
class Block {
  ended = false;
  #cases = 0;

  take({ kind, text }: Token): void {
    if (kind !== 'word') return;
    if (text === 'CASE') this.#cases += 1;
    if (text !== 'END') return;
    if (this.#cases > 0) this.#cases -= 1;
    else this.ended = true;
  }
}

function opensBlock(tokens: readonly Token[]): boolean {
  const words = wordsOf(tokens);
  return words === 'BEGIN STATEMENT SET' || /^(EXECUTE|EXPLAIN)( .*)? STATEMENT SET BEGIN$/.test(words);
}

/** Returns all words up to the first token that is not a word, as long as they could open a block. */
function wordsOf(tokens: readonly Token[]): string {
  if (tokens.length > 12 || tokens.some(({ kind, text }) => kind !== 'word' && text !== ',')) return '';
  return tokens.map(({ text }) => text).join(' ');
}

const QUERY = new Set(['SELECT', 'WITH', 'VALUES', '(']);
const INSERT = new Set(['INSERT', 'UPSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'BEGIN']);
/** Statements that start no job, and those that the gate refuses with an error. */
const RUN_TO_CHECK = new Set(
  `CREATE ALTER DROP SET RESET USE SHOW DESCRIBE DESC EXPLAIN
  ADD REMOVE LOAD UNLOAD CALL COMPILE ANALYZE TRUNCATE STOP HELP CLEAR QUIT EXIT`.split(/\s+/),
);

function statementOf(file: SqlFile, tokens: readonly Token[]): Statement {
  const [first, last] = [tokens.at(0), tokens.at(-1)];
  if (!first || !last) throw new RangeError('a statement has at least one token');
  const { start } = first;
  const { end } = last;
  const createsFromQuery = isCreateFromQuery(tokens);
  const kind = createsFromQuery ? 'insert' : kindOf(first);
  return {
    file,
    start,
    end,
    range: rangeOf(file.text, start, end),
    kind,
    createsFromQuery,
    explained: kind !== 'other' || !RUN_TO_CHECK.has(first.text),
    ...sentTexts(file.text, tokens, first, end),
  };
}

function kindOf({ text }: Token): SqlStatement['kind'] {
  if (QUERY.has(text)) return 'query';
  return INSERT.has(text) ? 'insert' : 'other';
}

function isCreateFromQuery(tokens: readonly Token[]): boolean {
  if (tokens[0]?.text !== 'CREATE' || !tokens.slice(1, 5).some(({ text }) => text === 'TABLE')) return false;
  let depth = 0;
  return tokens.some(({ kind, text }) => {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0 && kind === 'word' && text === 'AS';
  });
}

function sentTexts(text: string, tokens: readonly Token[], first: Token, end: number): Pick<Statement, 'run' | 'explain'> {
  const sent = (head: string, start: number): SentText => ({ head, start, sql: head + text.slice(start, end) });
  const [, , third, fourth] = tokens;
  if (first.text === 'BEGIN' && fourth?.text === ';') {
    // The gateway would take `BEGIN STATEMENT SET`, each insert and `END` separately; as one statement it fails or runs as a whole.
    return { run: sent('EXECUTE STATEMENT SET BEGIN', fourth.end), explain: sent('EXPLAIN STATEMENT SET BEGIN', fourth.end) };
  }
  const run = sent('', first.start);
  if (first.text === 'EXECUTE' && third) return { run, explain: sent('EXPLAIN', first.end) };
  return { run, explain: sent('EXPLAIN\n', first.start) };
}
