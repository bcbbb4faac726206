/** What the lens says while it has nothing to draw. Pure. */
import { counted } from '#lessons/counted.ts';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { isRunUnderWay, type RunView } from './run-state.ts';

interface Shown {
  run: RunView;
  /** The topic in front; undefined when the broker does not have it. */
  topic: LensTopic | undefined;
}

export function noRecords({ run, topic }: Shown): string {
  const running = isRunUnderWay(run);
  if (topic) {
    const partitions = counted(topic.partitions.length, 'partition');
    return running
      ? `${topic.name} has ${partitions} and no records yet.`
      : `${topic.name} has ${partitions} and no records: your program wrote nothing to it.`;
  }
  if (running) return 'The topics of this run are being created.';
  if (run.runId === null)
    return 'Run your program: each record it writes appears here, in its partition, at its offset, as the broker stores it.';
  return 'The topics of this run are no longer on the broker. Run again to see its records.';
}

/** @param several whether the exercise has several files, so that a line alone is not a place */
export function noJob(run: RunView, several: boolean): string {
  const { result, sql } = run;
  if (isRunUnderWay(run)) return 'No job yet. Flink starts one per query and per INSERT.';
  if (run.runId === null) return 'Run your SQL: its Flink job appears here, operator by operator, with its watermark.';
  if (sql.statements.some(({ jobId }) => jobId !== null)) return 'The jobs of this run no longer exist. Run again to see them.';
  if (result?.kind === 'sql-failed') {
    const failed = sql.statements.find(({ index }) => index === result.index);
    const line = (result.error.range ?? failed?.range)?.line;
    if (line === undefined) return 'No job: a statement was refused.';
    return `No job: ${several && failed ? `${failed.file} ` : ''}line ${line} was refused.`;
  }
  if (result?.kind === 'cancelled') return 'No job: the run was stopped before Flink started one.';
  if (run.status === 'error') return 'No job: the run ended before Flink started one.';
  return 'No job: Flink starts one per query and per INSERT, and none of these statements is one.';
}
