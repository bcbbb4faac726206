/**
 * Why records are missing. The verdict stands already: the log does not hold them. Here a diagnosis is chosen, and for that what the
 * program printed may be read.
 */
import type { DiagnosisName } from '#lessons/diagnoses.ts';
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
  if (result.kind !== 'exited') return undefined;
  return result.exitCode === 0 ? 'NOT_ALL_SENT' : 'ENDED_WITH_AN_ERROR';
}

/** The question to ask of a program that did not write all records: one that ended with an error has that to look at first. */
export function missingQuestion({ result }: Pick<EndedProgram, 'result'>): string {
  return result.kind === 'exited' && result.exitCode !== 0
    ? 'Which line does the error name, and what was that line given?'
    : 'Which line of your program can say that a record is stored?';
}

/** How the program ended, as the end of a sentence: `The program ended with exit code 1`. */
export function endingOf(result: RunResult): string {
  switch (result.kind) {
    case 'exited':
      return result.exitCode === 0 ? 'The program ended by itself' : `The program ended with exit code ${result.exitCode}`;
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

function failedStatement({ index, error }: Extract<RunResult, { kind: 'sql-failed' }>): string {
  const which = error.range ? `The statement at line ${error.range.line}` : `Statement ${index + 1}`;
  return `${which} failed: ${error.message.replace(/[\s.]+$/, '')}`;
}
