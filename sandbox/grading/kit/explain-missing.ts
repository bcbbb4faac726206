/**
 * Why records are missing. The verdict stands already: the log does not hold them. Here a diagnosis is chosen, and for that what the
 * program printed may be read.
 */
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

/** The likeliest diagnosis of a program that did not write all records. */
export function explainMissing({ result, output }: EndedProgram): DiagnosisName | undefined {
  const known = ERRORS.find(({ said }) => said.test(output));
  if (known) return known.diagnosis;
  if (result.kind !== 'exited' || wasSentASignal(result)) return undefined;
  return result.exitCode === 0 ? 'NOT_ALL_SENT' : 'ENDED_WITH_AN_ERROR';
}

/** The question to ask of a program that did not write all records: one that ended with an error has that to look at first. */
export function missingQuestion({ result }: Pick<EndedProgram, 'result'>): string {
  return result.kind === 'exited' && result.exitCode !== 0
    ? errorQuestion(result)
    : 'Which line of your program can say that a record is stored?';
}

/** The question to ask of a program that ended with another exit code than 0. */
export function errorQuestion(result: RunResult): string {
  return wasSentASignal(result)
    ? 'Does a line of your program end it, or did something else on this machine?'
    : 'Which line does the error name, and what was that line given?';
}

/** Whether a signal ended it that somebody sent, so that its output names no error. */
export function wasSentASignal(result: RunResult): boolean {
  return result.kind === 'exited' && endingSignal(result.exitCode)?.isSent === true;
}

/** How the program ended, as the end of a sentence: `The program ended with exit code 1`. */
export function endingOf(result: RunResult): string {
  switch (result.kind) {
    case 'exited':
      return exited(result);
    case 'timed-out':
      return `The program was stopped after ${result.limitMs / 1000} seconds`;
    case 'output-limit':
      return `The program was stopped because it printed more than ${result.limitBytes / 1024} KiB`;
    case 'out-of-memory':
      return `The program was stopped because it used more than ${result.limitMb} MB of memory`;
    case 'process-limit':
      return `The program was stopped because it started more than ${result.limit} processes`;
    case 'sql-finished':
      return 'Every statement came to its end';
    case 'sql-failed':
      return failedStatement(result);
    case 'cancelled':
      return 'The program was stopped';
  }
}

function exited({ exitCode, durationMs }: Extract<RunResult, { kind: 'exited' }>): string {
  if (exitCode === 0) return 'The program ended by itself';
  const ending = endingSignal(exitCode);
  if (!ending) return `The program ended with exit code ${exitCode}`;
  const ended = `The program was ended by ${ending.signal} after ${Math.round(durationMs / 100) / 10} seconds`;
  return ending.isSent ? `${ended}, from outside or by itself` : ended;
}

function failedStatement({ index, error }: Extract<RunResult, { kind: 'sql-failed' }>): string {
  const which = error.range ? `The statement at line ${error.range.line}` : `Statement ${index + 1}`;
  return `${which} failed: ${error.message.replace(/[\s.]+$/, '')}`;
}
