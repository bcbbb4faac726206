/**
 * Why statements did not write what was asked for. The verdict stands already; here a diagnosis and a question are chosen, and for that
 * the text of the statements and what Flink said may be read.
 */
import type { DiagnosisName } from '#lessons/diagnoses.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import { endingOf } from './explain-missing.ts';
import type { ProgramStatement } from './program.ts';

/** What is known of how SQL ended. */
export interface EndedSql {
  readonly result: RunResult;
  readonly statements: readonly ProgramStatement[];
}

const REFUSALS: readonly { said: RegExp; diagnosis: keyof typeof QUESTIONS }[] = [
  { said: /consuming update .*groupBy=\[[^\]]*window_(start|end)/s, diagnosis: 'WINDOW_NOT_GROUPED' },
  { said: /doesn't support consuming update/, diagnosis: 'UPDATES_INTO_APPEND_SINK' },
  { said: /time attribute/, diagnosis: 'NO_EVENT_TIME' },
  { said: /requires? .*PRIMARY KEY|PRIMARY KEY constraint/is, diagnosis: 'PRIMARY_KEY_MISSING' },
];

/** What a report says of a cause: both are left open where nothing tells it. */
export interface Explanation {
  diagnosis?: DiagnosisName;
  question: string;
}

const QUESTIONS = {
  UNKNOWN_TOPIC: 'Which topics does this exercise have, letter by letter?',
  SQL_REFUSED: 'What does the message say about the place that it names?',
  NO_INSERT: 'Which of your statements writes to a table?',
  LATEST_OFFSET: 'Where in the topic does the source begin to read?',
  NO_EVENT_TIME: 'By which column does the table tell how far time has come?',
  WINDOW_NOT_GROUPED: 'Which columns make the result one row for each window?',
  UPDATES_INTO_APPEND_SINK: 'What can the target do when a row of the result changes?',
  PRIMARY_KEY_MISSING: 'How does the target know which row a record replaces?',
} as const satisfies Partial<Record<DiagnosisName, string>>;

/**
 * The likeliest explanation of SQL that wrote nothing, or less than was asked for.
 *
 * @param topics those of the exercise: a job that writes to another one waits for it until its time is up
 */
export function explainSql(program: EndedSql, topics: readonly string[]): Explanation {
  const diagnosis = diagnose(program, topics);
  return diagnosis === undefined ? { question: '' } : { diagnosis, question: QUESTIONS[diagnosis] };
}

function diagnose(program: EndedSql, topics: readonly string[]): keyof typeof QUESTIONS | undefined {
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

/**
 * How the statements ended, as a sentence after a space, where their own doing ended them; empty where the grader did: it lets a round's
 * input end, and stops what never ends.
 */
export function ownEnding({ result }: Pick<EndedSql, 'result'>): string {
  return result.kind === 'sql-failed' ? ` ${endingOf(result)}.` : '';
}

/** Whether a statement's text, comments left out, has something in it. */
export function says(program: Pick<EndedSql, 'statements'>, what: RegExp): boolean {
  return sayings(program, what).length > 0;
}

/** What the statements' text, comments left out, has of something: the first place of each statement. */
export function sayings({ statements }: Pick<EndedSql, 'statements'>, what: RegExp): string[] {
  return statements.flatMap(({ text }) => what.exec(text.replaceAll(/--.*$|\/\*(?!\+)[\s\S]*?\*\//gm, ''))?.[0] ?? []);
}
