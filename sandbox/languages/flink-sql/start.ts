import type { RunResult } from '#sandbox/protocol/run.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import { ProgramLost, type StartedProgram, type StartRequest } from '../contract/program.ts';
import { changelogModes } from './changelog.ts';
import type { executeSql } from './execute.ts';
import { sqlFiles } from './sql-files.ts';
import { jobsOf, refusals, summaryOf } from './statement-summary.ts';

/** Returns a function that starts a program's statements, each time in a new session. */
export function sqlStart(execute: typeof executeSql): (request: StartRequest) => StartedProgram {
  return (request) => {
    const { tenant, generation, limits, bounded, onOutput, listener, signal } = request;
    const flink = flinkOf(request);
    const files = sqlFiles(request.exercise, request.files);
    const statements = new Map<number, SqlStatement>();
    const killed = new Set<number>();
    const all = () => [...statements.values()];
    const onStatement = (statement: SqlStatement) => {
      statements.set(statement.index, statement);
      listener?.onStatement(statement);
    };
    const run = async () => {
      const result = await execute({
        ...{ flink, tenant, generation, files, bounded, limits, signal, killed, onStatement },
        topics: request.topics.map(({ logical }) => logical),
        onChanges: listener?.onChanges,
        onTable: listener?.onTable,
      });
      if (wasLost(result)) throw new ProgramLost('Flink');
      if (!listener) for (const [seq, line] of refusals(all()).entries()) onOutput({ ...line, seq });
      return result;
    };
    return {
      ended: run(),
      jobs: () => jobsOf(all(), flink.jobs),
      async kill(statement) {
        const running = all().flatMap(({ index, jobId, status }) =>
          jobId !== null && status === 'running' && (statement ?? index) === index ? [{ index, jobId }] : [],
        );
        for (const { index } of running) killed.add(index);
        await Promise.all(running.map(({ jobId }) => flink.jobs.cancel(jobId)));
        return running.length > 0;
      },
      statements: () => all().map((statement) => summaryOf(statement, files)),
      followed: {
        jobs: flink.jobs,
        modes: (ended) => changelogModes({ flink, tenant, files, signal: ended }),
        broken: () => flink.broken(),
      },
    };
  };
}

function flinkOf({ lent: { flink } }: StartRequest): FlinkSeat {
  if (!flink) throw new Error('statements were started without the Flink that they need');
  return flink;
}

function wasLost(result: RunResult): boolean {
  return result.kind === 'sql-failed' && result.error.code === 'flink_lost';
}
