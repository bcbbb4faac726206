/**
 * Why statements did not write what was asked for. The verdict stands already; here a diagnosis is chosen, and for that the text of
 * the statements and what Flink said may be read.
 */
import type { DiagnosisName } from '#lessons/diagnoses.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { ProgramStatement } from './program.ts';

/** What is known of how SQL ended. */
export interface EndedSql {
  readonly result: RunResult;
  readonly statements: readonly ProgramStatement[];
}

const REFUSALS: readonly { said: RegExp; diagnosis: DiagnosisName }[] = [
  { said: /consuming update .*groupBy=\[[^\]]*window_(start|end)/s, diagnosis: 'WINDOW_NOT_GROUPED' },
  { said: /doesn't support consuming update/, diagnosis: 'UPDATES_INTO_APPEND_SINK' },
  { said: /time attribute/, diagnosis: 'NO_EVENT_TIME' },
  { said: /requires? .*PRIMARY KEY|PRIMARY KEY constraint/is, diagnosis: 'PRIMARY_KEY_MISSING' },
];

/**
 * The likeliest diagnosis of SQL that wrote nothing, or less than was asked for.
 *
 * @param topics those of the exercise: a job that writes to another one waits for it until its time is up
 */
export function explainSql(program: EndedSql, topics: readonly string[]): DiagnosisName | undefined {
  const { result, statements } = program;
  const named = statements.flatMap(({ text }) => [...text.matchAll(/'topic'\s*=\s*'([^']*)'/g)].map(([, topic]) => topic ?? ''));
  if (named.some((topic) => !topics.includes(topic))) return 'UNKNOWN_TOPIC';
  if (result.kind === 'sql-failed') {
    const { message } = result.error;
    return REFUSALS.find(({ said }) => said.test(message))?.diagnosis ?? 'SQL_REFUSED';
  }
  if (!statements.some(({ kind }) => kind === 'insert')) return 'NO_INSERT';
  return says(program, /'latest-offset'/) && !says(program, /'scan\.bounded\.mode'\s*=\s*'latest-offset'/)
    ? 'LATEST_OFFSET'
    : undefined;
}

/** Whether a statement's text, comments left out, has something in it. */
export function says({ statements }: Pick<EndedSql, 'statements'>, what: RegExp): boolean {
  return statements.some(({ text }) => what.test(text.replaceAll(/--.*$|\/\*(?!\+)[\s\S]*?\*\//gm, '')));
}
