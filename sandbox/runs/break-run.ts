/** What a learner does to a run that is going on: only to what is that learner's own, and nothing of it is ever judged. */
import { breaksOf } from '#lessons/breaks.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { StartedProgram } from '#sandbox/languages/contract/program.ts';
import type { BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import { type AddedRecord, lateRecord, POISON } from './added-record.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { RunRecord } from './run-record.ts';

export interface BreakContext {
  /** Returns how far event time has come at the source of a topic, in ms since 1970; null while no job tells. */
  watermarkOf: (run: RunRecord, topic: string) => number | null;
}

/** Longer than a consumer of `cluster.ts` may be silent in its group (6 s), shorter than its client waits for an answer (10 s). */
const PAUSE_MS = 8000;
/** Of one run, all kinds together. */
const MOST_BREAKS = 50;

/**
 * Returns a function that breaks a run whose program has started, to be called until it has ended. It throws PlatformError NOT_BREAKABLE
 * where the exercise, or the moment, has no such thing.
 */
export function breakerOf(
  prepared: PreparedRun,
  { kill }: Pick<StartedProgram, 'kill'>,
  { watermarkOf }: BreakContext,
): (request: BreakRequest) => Promise<RunBreak> {
  const { run, exercise, round, target } = prepared;
  const offered = breaksOf(exercise.spec);

  async function work(request: BreakRequest): Promise<Done> {
    switch (request.kind) {
      case 'kill':
        if (!(await kill(request.statement))) throw refused('No job of this run is running.', 'Wait until one has started.');
        return NOTHING_MORE;
      case 'pause':
        await pause();
        return { ...NOTHING_MORE, forMs: PAUSE_MS };
      case 'poison':
        return { ...NOTHING_MORE, record: await add(prepared, topicOf(request), POISON) };
      case 'late': {
        const topic = topicOf(request);
        return { ...NOTHING_MORE, record: await add(prepared, topic, late(topic)) };
      }
    }
  }

  async function pause(): Promise<void> {
    const isPaused = run.breaks.some(({ runMs, forMs }) => forMs !== null && runMs + forMs > run.elapsedMs);
    if (isPaused) throw refused('The broker is paused already.', `A pause lasts ${PAUSE_MS / 1000} s; wait until it is over.`);
    if (await target.workspace?.hold(PAUSE_MS)) return;
    const what = 'On this machine programs reach the broker with nothing between that could hold them back.';
    throw refused(what, 'Run `npm run doctor` to see what it lacks.');
  }

  function topicOf({ kind, topic }: { kind: 'poison' | 'late'; topic?: string | undefined }): string {
    const topics = offered.find((one) => one.kind === kind)?.topics ?? [];
    const found = topic === undefined ? topics[0] : topics.find((one) => one === topic);
    if (found !== undefined) return found;
    throw refused(`"${topic}" is no input of this exercise.`, `Name one of: ${topics.join(', ')}.`);
  }

  function late(topic: string): AddedRecord {
    const watermarkMs = watermarkOf(run, topic);
    const record = watermarkMs === null ? null : lateRecord(round.records[topic] ?? [], watermarkMs);
    if (record) return record;
    throw refused(
      `No job has a watermark for ${topic} at this moment, so nothing can be late.`,
      'Wait until the lens shows one.',
    );
  }

  return async (request) => {
    if (!offered.some(({ kind }) => kind === request.kind))
      throw refused(`This exercise has no use for "${request.kind}".`, `It has: ${offered.map(({ kind }) => kind).join(', ')}.`);
    if (run.breaks.length >= MOST_BREAKS)
      throw refused(`This run was broken ${MOST_BREAKS} times, and no run is more often.`, 'Run again, then go on.');
    const at = { kind: request.kind, atMs: Date.now(), runMs: run.elapsedMs };
    return { ...at, ...(await work(request)) };
  };
}

type Done = Pick<RunBreak, 'forMs' | 'record'>;
const NOTHING_MORE: Done = { forMs: null, record: null };

async function add({ run, target, topics }: PreparedRun, logical: string, record: AddedRecord): Promise<RunBreak['record']> {
  const topic = topics.find((one) => one.logical === logical);
  if (!topic) throw new Error(`a run of an exercise with the input ${logical} has no such topic`);
  // Each partition in turn, so that several of them reach several readers.
  const partition = run.breaks.length % topic.partitions;
  const [place] = await target.kafka.produce(topic.name, [{ ...record, partition }]);
  if (!place) throw new Error(`the broker gave no place to a record of ${logical}`);
  return { topic: logical, partition, offset: String(place.offset) };
}

function refused(message: string, hint: string): PlatformError {
  return new PlatformError('NOT_BREAKABLE', { message, hint });
}
