import type { Run } from '#sandbox/protocol/run.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';

/** Returns a run of SQL that waits for its Flink. */
export function preparingSqlRun(runId: string, lesson: string, text: string): Run {
  return {
    runId,
    lesson,
    files: { 'main.sql': text },
    cause: null,
    status: 'preparing',
    awaiting: waitingFor('flink'),
    seed: 1729,
    result: null,
    output: [],
    phases: {},
    error: null,
    sql: { statements: [], results: [] },
    breaks: [],
  };
}
