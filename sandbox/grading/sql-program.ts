import { PlatformError } from '#sandbox/errors.ts';
import { executeSql, type SqlFile, type SqlOptions } from '#sandbox/languages/flink-sql/execute.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { SqlRange, SqlStatement } from '#sandbox/protocol/sql.ts';
import type { ProgramStatement, SqlJob } from './judge/ipc.ts';
import type { StartProgram } from './programs.ts';

export interface SqlProgramOptions extends Pick<SqlOptions, 'flink' | 'tenant' | 'generation' | 'limits'> {
  files: readonly SqlFile[];
}

const MAX_TEXT = 8192;

/** A program of SQL statements, each time in a session of its own. */
export function sqlProgram({ files, flink, ...session }: SqlProgramOptions): StartProgram {
  return ({ mode, onOutput, signal }) => {
    const statements = new Map<number, SqlStatement>();
    const onStatement = (statement: SqlStatement) => statements.set(statement.index, statement);
    const run = async () => {
      const result = await executeSql({ ...session, flink, files, bounded: mode === 'bounded', onStatement, signal });
      if (wasLost(result) || flink.broken()) throw flinkWasLost();
      for (const [seq, line] of complaints([...statements.values()]).entries()) onOutput({ ...line, seq });
      return result;
    };
    return {
      ended: run(),
      jobs: () => jobsOf([...statements.values()], flink),
      statements: () => [...statements.values()].map((statement) => summaryOf(statement, files)),
    };
  };
}

/** Whoever was judged on a Flink that ended meanwhile was not judged. */
export function flinkWasLost(): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: 'Flink ended while your statements were judged.',
    hint: 'Hand in again; `npm run doctor` tells what is missing.',
  });
}

function wasLost(result: RunResult): boolean {
  return result.kind === 'sql-failed' && result.error.code === 'flink_lost';
}

async function jobsOf(statements: readonly SqlStatement[], { jobs }: Pick<LentFlink, 'jobs'>): Promise<SqlJob[]> {
  const started = statements.flatMap(({ index, jobId }) => (jobId === null ? [] : [{ index, jobId }]));
  return Promise.all(
    started.map(async ({ index, jobId }) => ({ statement: index, state: (await jobs.state(jobId)) ?? 'UNKNOWN' })),
  );
}

function summaryOf({ kind, status, file, range, error }: SqlStatement, files: readonly SqlFile[]): ProgramStatement {
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

/** What the report shows beside the checks: each statement that was refused, and why. */
function complaints(statements: readonly SqlStatement[]): Omit<OutputChunk, 'seq'>[] {
  return statements.flatMap(({ error, file, range }) => {
    if (error === null) return [];
    const { line } = error.range ?? range;
    return [{ stream: 'stderr', text: `${file}, line ${line}: ${error.message}\n`, atMs: 0 }];
  });
}
