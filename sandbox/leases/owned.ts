import type { Waiting } from '#sandbox/protocol/waiting.ts';

/** A pool whose callers take turns by owner. */
export interface TurnPool<Lent> {
  take(signal?: AbortSignal, onWait?: (what: Waiting) => void, owner?: unknown): Promise<Lent>;
}

/** Returns the pool as one owner sees it: whatever is taken through it takes turns with what other owners wait for. */
export function ownedBy<Lent>(owner: unknown, pool: TurnPool<Lent>): Pick<TurnPool<Lent>, 'take'> {
  return { take: (signal, onWait) => pool.take(signal, onWait, owner) };
}
