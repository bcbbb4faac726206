/**
 * Why records are missing. The verdict stands already: the log does not hold them. Here a diagnosis is chosen, and for that what the
 * program printed may be read.
 */
import { counted } from '#lessons/counted.ts';
import type { DiagnosisName } from '#lessons/diagnoses.ts';
import { endingSignal } from '#lessons/ending-signal.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';

/** What is known of how the program ended. */
export interface EndedProgram {
  readonly result: RunResult;
  readonly output: string;
}

const ERRORS: readonly { said: RegExp; diagnosis: DiagnosisName }[] = [
  { said: /ERR_INVALID_ARG_TYPE|must be of type string or an instance of Buffer/, diagnosis: 'VALUE_NOT_BYTES' },
  { said: /does not host this topic-partition|Not authorized to access topics/, diagnosis: 'LITERAL_TOPIC_NAME' },
  { said: /producer is disconnect(ed|ing)|Closed connection/, diagnosis: 'SENDS_NOT_AWAITED' },
];

/** What a report can say of missing records beside their number. */
export interface MissingExplanation {
  diagnosis: DiagnosisName | undefined;
  /** Empty where the cause cannot be told. */
  question: string;
}

/**
 * Explains why a program did not write all records, as far as it shows: by an error that it printed, or by records that are there.
 *
 * @param stored how many of them are there
 * @param uncommitted how many records are in transactions that were aborted or are still open
 */
export function explainMissing(
  { result, output }: EndedProgram,
  { stored, noun, uncommitted = 0 }: { stored: number; noun: string; uncommitted?: number },
): MissingExplanation {
  const known = ERRORS.find(({ said }) => said.test(output))?.diagnosis;
  if (known === 'SENDS_NOT_AWAITED') return { diagnosis: known, question: STORED_QUESTION };
  if (known !== undefined) return { diagnosis: known, question: ERROR_QUESTION };
  if (uncommitted > 0 && (result.kind !== 'exited' || result.exitCode === 0)) return NOT_COMMITTED;
  if (result.kind !== 'exited') return { diagnosis: undefined, question: '' };
  if (result.exitCode !== 0) return explainError({ result, output });
  // None at all may be unsent, cut off, aborted or elsewhere.
  if (stored === 0) return { diagnosis: undefined, question: '' };
  return { diagnosis: 'NOT_ALL_SENT', question: `Which ${noun}s did your program send, and what tells it that each is stored?` };
}

/** What a report says of records that a transaction keeps from readers. */
export const NOT_COMMITTED = {
  diagnosis: 'NOT_COMMITTED',
  question: 'What ends a transaction, and what does a reader see until then?',
} as const satisfies MissingExplanation;

/** Returns, as a sentence without its full stop, that a transaction keeps records from readers. */
export function uncommittedInWords(count: number): string {
  return `${counted(count, 'record')} ${count === 1 ? 'was' : 'were'} written in a transaction that was not committed: it was aborted, or is still open`;
}

const STORED_QUESTION = 'Which line of your program can say that a record is stored?';
const ERROR_QUESTION = 'Which line does the error name, and what was that line given?';

/** Explains a program that ended with an exit code other than 0: by a signal that was sent to it, or by the error that it printed. */
export function explainError({ result, output }: EndedProgram): MissingExplanation {
  if (wasSentASignal(result))
    return { diagnosis: undefined, question: 'Does a line of your program end it, or did something else on this machine?' };
  return { diagnosis: 'ENDED_WITH_AN_ERROR', question: /\bat .*:\d+|Error\b/.test(output) ? ERROR_QUESTION : '' };
}

/** Returns whether a signal ended it that somebody sent, so that its output names no error. */
function wasSentASignal(result: RunResult): boolean {
  return result.kind === 'exited' && endingSignal(result.exitCode)?.isSent === true;
}

/**
 * Returns how the program ended, as a sentence without its full stop: `The program ended with exit code 1`. Empty where the program did not
 * cause its end: a grader stopped it, or its input ended.
 */
export function endingOf(result: RunResult): string {
  switch (result.kind) {
    case 'exited':
      return exited(result);
    case 'timed-out':
      return `The program was stopped after ${counted(result.limitMs / 1000, 'second')}`;
    case 'output-limit':
      return `The program was stopped because it printed more than ${result.limitBytes / 1024} KiB`;
    case 'out-of-memory':
      return `The program was stopped because it used more than ${result.limitMb} MB of memory`;
    case 'process-limit':
      return `The program was stopped because it started more than ${counted(result.limit, 'process', 'processes')}`;
    case 'sql-failed':
      return failedStatement(result);
    case 'sql-finished':
    case 'cancelled':
      return '';
  }
}

function exited({ exitCode, durationMs }: Extract<RunResult, { kind: 'exited' }>): string {
  if (exitCode === 0) return 'The program ended by itself';
  const ending = endingSignal(exitCode);
  if (!ending) return `The program ended with exit code ${exitCode}`;
  const ended = `The program was ended by ${ending.signal} after ${counted(Math.round(durationMs / 100) / 10, 'second')}`;
  return ending.isSent ? `${ended}, from outside or by itself` : ended;
}

function failedStatement({ index, error }: Extract<RunResult, { kind: 'sql-failed' }>): string {
  const which = error.range ? `The statement at line ${error.range.line}` : `Statement ${index + 1}`;
  return `${which} failed: ${error.message.replace(/[\s.]+$/, '')}`;
}
