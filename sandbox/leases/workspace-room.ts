/**
 * How many workspaces are kept warm, and how many there may be: by what was wanted lately, and by the memory that is free.
 */
import { freemem, totalmem } from 'node:os';
import type { PoolCounts } from './warm-pool.ts';

export interface WorkspaceRoomOptions {
  /** `spares` to `mostSpares` are kept warm, `least` are opened in whatever memory there is, `reserveMb` stay free. */
  limits: { spares: number; mostSpares: number; least: number; reserveMb: number };
  /** Memory of an open workspace in MB; 0 where opening one costs nothing. */
  eachMb: () => number;
  /** Memory of the machine in MB that is free. */
  freeMb?: (() => number) | undefined;
  /** Milliseconds of any clock that only goes forward. */
  now?: (() => number) | undefined;
}

export interface WorkspaceRoom {
  /** Notes that one was taken at this moment. */
  take(): void;
  /** How many to keep warm. */
  spares(): number;
  /** How many there may be at most, with those that are there; infinite where opening one costs nothing. */
  cap(there: Pick<PoolCounts, 'lent' | 'spare' | 'starting'>): number;
}

const MB = 1024 * 1024;
/** What was taken in this time is taken again. */
const DEMAND_MS = 60_000;
/** Of a small machine an eighth stays free at most. */
const RESERVED_PART = 8;

export function openWorkspaceRoom(options: WorkspaceRoomOptions): WorkspaceRoom {
  const { limits, eachMb, freeMb = () => freemem() / MB, now = () => performance.now() } = options;
  /** When each of the last ones was taken. */
  let taken: number[] = [];
  return {
    take: () => void taken.push(now()),
    spares() {
      taken = taken.filter((at) => at > now() - DEMAND_MS);
      return eachMb() === 0 ? 0 : Math.max(limits.spares, Math.min(limits.mostSpares, taken.length));
    },
    // Some are opened in whatever memory there is: a round that waits while the next one is ready must get its own.
    cap({ lent, spare, starting }) {
      const each = eachMb();
      if (each === 0) return Number.POSITIVE_INFINITY;
      const reserveMb = Math.min(limits.reserveMb, totalmem() / MB / RESERVED_PART);
      const room = Math.floor((freeMb() - reserveMb) / each) - starting;
      return Math.max(limits.least, lent + spare + starting + Math.max(0, room));
    },
  };
}
