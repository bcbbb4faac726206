import { useEffect, useMemo, useState } from 'react';
import { counted } from '#lessons/counted.ts';
import type { LensJob, LensTopic } from '#sandbox/protocol/lens.ts';
import { eventTime } from '../client/event-time.ts';
import { axisOfJob } from '../client/job-axis.ts';
import { closings, groupColouring, keyColouring, sinkOf, sourceOf } from '../client/job-lens.ts';
import { isSource, jobAt, sourceWatermark } from '../client/jobs-state.ts';
import type { LensView } from '../client/lens-state.ts';
import type { NeedRecords, Wanted } from '../client/needed-records.ts';
import type { KnownRecord } from '../client/record-log.ts';
import type { RunView } from '../client/run-state.ts';
import { type SqlResult, sqlResults } from '../client/sql-state.ts';
import type { SqlText } from '../client/sql-text.ts';
import { type Moment, momentWords } from '../client/time-axis.ts';
import { EventTimePanel } from './EventTimePanel.tsx';
import { JobOutput } from './JobOutput.tsx';
import { JobStrip } from './JobStrip.tsx';
import { LaneScrubber } from './LaneScrubber.tsx';
import { LensBody } from './LensBody.tsx';
import { useNeededRecords } from './use-needed-records.ts';
import { useNow } from './use-now.ts';

/** Records per partition that are read for the chart: the newest. */
const READ_PER_PARTITION = 2_000;
const NONE: readonly KnownRecord[] = [];

interface Props {
  job: LensJob;
  lens: LensView;
  run: RunView;
  sql: SqlText;
  /** Whether the job is running, so its watermark advances. */
  live: boolean;
  needRecords: NeedRecords | undefined;
  /** Called with what the head of the lens shows about the job: its state at the moment shown, and facts. */
  onFacts: (facts: JobFacts) => void;
}

export interface JobFacts {
  state: string;
  /** The moment in words; null for now. */
  then: string | null;
  words: string;
}

/** A job: its operators, event time against arrival when its source has one, and its output. */
export function JobBody({ job: jobNow, lens, run, sql, live: liveNow, needRecords, onFacts }: Props) {
  const [moment, setMoment] = useState<Moment>(null);
  const { startedAt } = run;
  const { history } = lens.jobs;
  /** Time of the run that is shown; null for now. */
  const thenMs = moment === null || startedAt === null ? null : moment - startedAt;
  const job = (thenMs === null ? null : jobAt(history, jobNow.jobId, thenMs)) ?? jobNow;
  const live = liveNow && thenMs === null;
  const source = sourceOf(job, sql);
  const statement = run.sql.statements.find(({ index }) => index === job.statement);
  const sink = sinkOf(job, sql, statement);
  const resultNow = sqlResults(run.sql).find((of) => of.statement.index === job.statement) ?? null;
  const result = useMemo(() => resultAt(resultNow, thenMs), [resultNow, thenMs]);
  const topic = lens.topics.find(({ name }) => name === source?.topic);
  const sinkTopic = lens.topics.find(({ name }) => name === sink?.topic);
  useNeededRecords([topic, sinkTopic].flatMap(newestOf), { live, need: needRecords });

  const { records: log, version } = lens;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log grows in place, `version` changes when it does
  const [read = NONE, written = NONE] = useMemo(() => {
    const isThere = ({ timestampMs }: KnownRecord) => moment === null || timestampMs <= moment;
    return [source ? log.all(source.topic) : [], sink?.topic ? log.all(sink.topic) : []].map((all) => all.filter(isThere));
  }, [log, version, source?.topic, sink?.topic, moment]);
  const now = useNow(liveNow);
  const lookedAt = lens.jobs.atMs ?? run.result?.durationMs ?? 0;
  const reachedMs = liveNow && startedAt !== null ? Math.max(lookedAt, now - startedAt) : lookedAt;
  const nowMs = thenMs ?? reachedMs;
  const axis =
    startedAt === null ? null : axisOfJob({ history, jobId: jobNow.jobId, breaks: run.breaks, startedAt, nowMs: reachedMs });
  const { samples } = lens.jobs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the source is a new object each time; its operator and table identify it
  const chart = useMemo(() => {
    if (!source?.table.rowtime || !sql.waitsForTime) return null;
    const told = samples.filter(
      ({ jobId, operator, atMs }) =>
        jobId === job.jobId && operator === source.operator.id && (thenMs === null || atMs <= thenMs),
    );
    // After a reload there is only the last watermark, which includes all records so far.
    const newest = read.reduce((latest, { timestampMs }) => Math.max(latest, timestampMs - (startedAt ?? timestampMs)), 0);
    const last = { atMs: Math.max(thenMs ?? lookedAt, newest), watermarkMs: sourceWatermark(source.operator) };
    return eventTime({
      records: read,
      table: source.table,
      window: sql.window,
      startedAt,
      samples: told.length > 0 ? told : [last],
      closings: closings({ result, sink: written, startedAt }),
      partitions: Math.max(1, topic?.partitions.length ?? 1),
    });
  }, [
    read,
    written,
    source?.operator.watermarkMs,
    source?.table,
    sql,
    startedAt,
    samples,
    result?.count,
    topic,
    job.jobId,
    thenMs,
  ]);

  // The lanes of the sink show its keys; next to them, the same colour must mean the same.
  const topicOfKeys = chart ? source?.topic : (sink?.topic ?? source?.topic);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log grows in place, `version` changes when it does
  const colours = useMemo(
    () => (chart ? groupColouring(read, sql) : null) ?? keyColouring(topicOfKeys ?? '', log, sql),
    [chart === null, read, sql, topicOfKeys, log, version],
  );
  const [shown, setShown] = useState<'chart' | 'changes'>('chart');
  const came = job.operators.filter(isSource).reduce((sum, { recordsOut }) => sum + recordsOut, 0);
  const words = factsOf(came, chart);
  const then = axis && moment !== null ? momentWords(axis, moment) : null;
  useEffect(() => onFacts({ state: job.state, then, words }), [onFacts, job.state, then, words]);

  return (
    <>
      <JobStrip job={job} writes={sink !== null} />
      <div className={chart ? 'jobrow' : 'jobrow untimed'} data-shows={shown}>
        {chart && (
          <fieldset className="jobtabs" aria-label="Chart or changes">
            <button type="button" className="tab" aria-current={shown === 'chart'} onClick={() => setShown('chart')}>
              Event time
            </button>
            <button type="button" className="tab" aria-current={shown === 'changes'} onClick={() => setShown('changes')}>
              {sink ? `Written to ${sink.name}` : 'Changelog'}
            </button>
          </fieldset>
        )}
        {chart && source && (
          <EventTimePanel {...{ chart, colours, live, nowMs }} operator={source.operator} topic={source.topic} />
        )}
        {!chart && sinkTopic && (
          <div className="sinklanes">
            <LensBody
              key={`${sinkTopic.name} ${lens.runId}`}
              topic={sinkTopic}
              records={log}
              groups={lens.groups}
              live={live}
              marked={false}
              needRecords={needRecords}
              at={moment}
            />
          </div>
        )}
        <JobOutput {...{ sink, written, result, startedAt, colours }} />
      </div>
      {axis && <LaneScrubber {...{ axis, moment }} live={liveNow} onMoment={setMoment} />}
    </>
  );
}

/** Returns what a query had given by a time of its run; the table that it added up to is known for now alone. */
function resultAt(result: SqlResult | null, thenMs: number | null): SqlResult | null {
  if (result === null || thenMs === null) return result;
  const changes = result.changes.filter(({ atMs }) => atMs <= thenMs);
  return { ...result, changes, count: result.first + changes.length, table: null };
}

function newestOf(topic: LensTopic | undefined): Wanted[] {
  const end = Math.max(0, ...(topic?.partitions.map((partition) => Number(partition.end)) ?? []));
  return topic && end > 0 ? [{ topic, first: Math.max(0, end - READ_PER_PARTITION), last: end - 1 }] : [];
}

function factsOf(read: number, chart: ReturnType<typeof eventTime> | null): string {
  const events = `${counted(Math.max(read, chart?.points.length ?? 0), 'event')} in`;
  if (!chart?.window) return events;
  const waiting = chart.points.filter(({ waits }) => waits).length;
  const late = chart.points.filter(({ lateAfter }) => lateAfter !== null).length;
  return `${events}, ${counted(waiting, 'row')} ${waiting === 1 ? 'waits' : 'wait'} in open windows, ${late} late`;
}
