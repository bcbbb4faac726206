/** Why a query that has to go on reads no more: what Flink says of its jobs, and which option gives it an end. */
import { type EndedSql, type Explanation, sayings, says } from './explain-sql.ts';

/** What a report says of a query that reads nothing that arrives later. */
export const QUERY_ENDED = {
  diagnosis: 'QUERY_ENDED',
  question: 'What tells the query that there is nothing more to wait for?',
} as const satisfies Explanation;

interface Job {
  state: string;
}

/** What gives a query an end, in the words that follow `'option' = 'value'`. */
const ENDS: readonly { said: RegExp; because: string }[] = [
  { said: /'scan\.bounded\.mode'\s*=\s*'(?!unbounded')[^']*'/i, because: 'gives its source an end' },
  { said: /'number-of-rows'\s*=\s*'[^']*'/i, because: 'gives its source an end' },
  { said: /'execution\.runtime-mode'\s*=\s*'batch'/i, because: 'is only for queries whose sources have an end' },
  { said: /\bVALUES\b/i, because: 'gives all its rows at once' },
];

/** Whether Flink considers the work of every job done: nothing that arrives later is read. */
export function haveEnded(jobs: readonly Job[]): boolean {
  return jobs.length > 0 && jobs.every(({ state }) => state === 'FINISHED');
}

/** Whether a program reads nothing that arrives later: its jobs have ended, or Flink refused them, for batch mode needs an end. */
export function readsNoMore(program: EndedSql, jobs: readonly Job[]): boolean {
  return haveEnded(jobs) || isBatch(program);
}

function isBatch(program: EndedSql): boolean {
  return says(program, /'execution\.runtime-mode'\s*=\s*'batch'/i);
}

/**
 * Returns the states of a program's jobs as a sentence, and where one of them has ended, the option by which it did:
 * `State of the jobs: FINISHED. The query ended: 'scan.bounded.mode' = 'latest-offset' gives its source an end.`
 */
export function jobsInWords(program: EndedSql, jobs: readonly Job[]): string {
  const states = jobs.map(({ state }) => state).join(', ') || 'none started';
  return `State of the jobs: ${states}.${endInWords(program, jobs)}`;
}

/** Returns why a query ended, as a sentence after a space; empty where none did. */
export function endInWords(program: EndedSql, jobs: readonly Job[]): string {
  const hasEnded = jobs.some(({ state }) => state === 'FINISHED');
  if (!hasEnded && !isBatch(program)) return '';
  const ends = ENDS.flatMap(({ said, because }) => {
    const [option] = sayings(program, said);
    return option ? [`${option} ${because}`] : [];
  });
  if (ends.length > 0) return ` ${hasEnded ? 'The query ended: ' : ''}${ends.join(', and ')}.`;
  return ' The query ended by itself.';
}
