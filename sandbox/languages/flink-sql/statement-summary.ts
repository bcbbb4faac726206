/** What graders and reports see of the statements of a program. */
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import type { SqlRange, SqlStatement } from '#sandbox/protocol/sql.ts';
import type { FlinkJobs } from '#sandbox/services/flink/client/jobs.ts';
import type { ProgramJob, ProgramStatement } from '../contract/program.ts';
import type { SqlFile } from './split.ts';

const MAX_TEXT = 8192;

/** Returns the state of each job that was started; `UNKNOWN` when Flink no longer knows the job. */
export async function jobsOf(statements: readonly SqlStatement[], jobs: Pick<FlinkJobs, 'state'>): Promise<ProgramJob[]> {
  const started = statements.flatMap(({ index, jobId }) => (jobId === null ? [] : [{ index, jobId }]));
  return Promise.all(
    started.map(async ({ index, jobId }) => ({ statement: index, state: (await jobs.state(jobId)) ?? 'UNKNOWN' })),
  );
}

export function summaryOf({ kind, status, file, range, error }: SqlStatement, files: readonly SqlFile[]): ProgramStatement {
  const text = files.find(({ name }) => name === file)?.text ?? '';
  return { kind, status, error, text: cutOut(text, range).slice(0, MAX_TEXT) };
}

function cutOut(text: string, { line, column, endLine, endColumn }: SqlRange): string {
  const lines = text.split('\n').slice(line - 1, endLine);
  return lines
    .map((one, index) => (index === lines.length - 1 ? one.slice(0, endColumn) : one))
    .map((one, index) => (index === 0 ? one.slice(column - 1) : one))
    .join('\n');
}

/** Returns a line for each refused statement: where, and why. */
export function refusals(statements: readonly SqlStatement[]): Omit<OutputChunk, 'seq'>[] {
  return statements.flatMap(({ error, file, range }) => {
    if (error === null) return [];
    const { line } = error.range ?? range;
    return [{ stream: 'stderr', text: `${file}, line ${line}: ${error.message}\n`, atMs: 0 }];
  });
}
