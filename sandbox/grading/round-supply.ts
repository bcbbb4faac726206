import { needsOf } from '#sandbox/catalog/needs.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { GradeOptions } from './grade-options.ts';
import { type PreparedRound, prepareRound } from './round.ts';

/** Rounds made ready, one ahead. Disposing it waits until all that was made is removed. */
export interface RoundSupply extends AsyncDisposable {
  /** Whoever waits for a round is told what for by the `onWait` of the options. */
  take(round: number): Promise<PreparedRound>;
  giveBack(prepared: PreparedRound): void;
}

interface Ahead {
  round: number;
  prepared: Promise<PreparedRound>;
  /** What it waits for, while nobody waits for it. */
  awaits: Waiting | null;
}

export function openRoundSupply(options: GradeOptions & { seed: number; rounds: number }): RoundSupply {
  const { seed, rounds, tenancy, onFault, onWait, tenants = tenancy.create } = options;
  // While a round kills brokers nothing can be made on them.
  const isOperated = needsOf(options.exercise.spec).dedicatedBrokers > 0;
  const removals = new Set<Promise<void>>();
  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, options.signal]);
  let awaited = 0;
  let ahead: Ahead | null = null;

  function prepare(round: number): Ahead {
    const hear = (what: Waiting) => {
      entry.awaits = what;
      if (awaited === round) onWait?.(what);
    };
    const openWorkspace = () => takeWorkspace(options, signal, hear);
    const prepared = prepareRound({ ...options, tenants, openWorkspace, round, baseSeed: seed });
    const entry: Ahead = { round, prepared, awaits: null };
    const settle = () => {
      entry.awaits = null;
    };
    prepared.then(settle, settle); // whoever takes it hears of what went wrong
    return entry;
  }

  async function remove(prepared: PreparedRound): Promise<void> {
    try {
      await prepared[Symbol.asyncDispose]();
    } catch (error) {
      onFault?.(error); // what is left is swept when the server starts again
    }
  }

  return {
    async take(round) {
      awaited = round;
      const isReady = ahead?.round === round;
      const found = isReady && ahead ? ahead : prepare(round);
      if (isReady) ahead = null;
      if (found.awaits !== null) onWait?.(found.awaits);
      const prepared = await found.prepared;
      // A second attempt finds the next round made already.
      if (round < rounds && !isOperated) ahead ??= prepare(round + 1);
      return prepared;
    },
    giveBack: (prepared) => {
      removals.add(remove(prepared));
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('no more rounds are needed'));
      await ahead?.prepared.then(remove, () => undefined);
      await Promise.all(removals);
    },
  };
}

function takeWorkspace(
  { provider, tenancy, workspaces }: GradeOptions,
  signal: AbortSignal,
  onWait: (what: Waiting) => void,
): Promise<Workspace> {
  return workspaces ? workspaces.take(signal, onWait) : provider.openWorkspace({ reach: { kafka: tenancy.broker } });
}
