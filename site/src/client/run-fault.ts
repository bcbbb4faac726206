/** Where a run failed, in the learner's files. Pure. */
import type { RunView } from './run-state.ts';

export interface RunFault {
  file: string;
  /** From 1, in the text that ran. */
  line: number;
  message: string;
}

/** Returns the line that the error of a run names; null for a run that has not failed, or whose error names none. */
export function faultOf({ cause, result, sql }: Pick<RunView, 'cause' | 'result' | 'sql'>): RunFault | null {
  if (result?.kind === 'sql-failed') {
    const statement = sql.statements.find(({ index }) => index === result.index);
    if (!statement) return null;
    return { file: statement.file, line: (result.error.range ?? statement.range).line, message: result.error.message };
  }
  const [, file, line] = /^(.+):(\d+)$/.exec(cause?.place ?? '') ?? [];
  return file === undefined ? null : { file, line: Number(line), message: cause?.message ?? '' };
}
