/**
 * Dedicated brokers, as many at a time as the memory set aside for them takes. None is started ahead of demand, and none serves twice.
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '#lessons/counted.ts';
import type { Limits } from '#sandbox/config.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { ServiceStart } from '#sandbox/services/service/start-fresh.ts';
import { type DedicatedBroker, startDedicated } from './dedicated-broker.ts';
import type { LeaseStack } from './pending-stack.ts';
import { openWarmPool, type WarmPool } from './warm-pool.ts';

/** How many brokers a cluster has. */
export type ClusterSize = 1 | 3;

export interface DedicatedPoolOptions extends Pick<ServiceStart, 'onProgress' | 'onService'> {
  limits: Pick<Limits, 'kafka' | 'dedicated'>;
  /** Folder of the stack. */
  dir: string;
  /** Waits until the stack can be used. */
  stack: () => Promise<Pick<LeaseStack, 'provider'>>;
  /** Called with the error when something fails that no caller waits for. */
  onFault: (error: unknown) => void;
  start?: typeof startDedicated;
}

export interface DedicatedPool extends AsyncDisposable {
  /**
   * A Kafka that no one had before; disposing it ends it. By turns when there is no room for more.
   * @param onWait called with what the caller waits for, when it changes
   * @param owner who takes it, a learner: owners take turns, and one who has none is served as it came
   * @throws PlatformError SERVICE_NOT_READY when it could not be started; the signal's reason
   */
  take(size: ClusterSize, signal?: AbortSignal, onWait?: (what: Waiting) => void, owner?: unknown): Promise<DedicatedBroker>;
}

interface Item {
  dedicated: DedicatedBroker;
  isUsed: boolean;
}

const SIZES: readonly ClusterSize[] = [1, 3];

export function openDedicatedPool(options: DedicatedPoolOptions): DedicatedPool {
  const { limits, stack, onFault, onProgress, onService, start = startDedicated } = options;
  const folder = join(options.dir, 'dedicated');
  const closing = new AbortController();
  /** Brokers that there are or that are being started, by the size of their cluster. */
  const running = new Map<ClusterSize, number>();
  const pools = new Map(SIZES.map((size) => [size, openPool(size)]));
  let clearing: Promise<void> | null = null;

  /** What an earlier stack left, that was killed. */
  async function newFolder(): Promise<string> {
    clearing ??= rm(folder, { recursive: true, force: true });
    await clearing;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return mkdtemp(join(folder, 'kafka-'));
  }

  async function make(brokers: ClusterSize): Promise<Item> {
    const count = (change: number) => running.set(brokers, (running.get(brokers) ?? 0) + change);
    count(brokers);
    await using made = new AsyncDisposableStack();
    made.defer(() => void count(-brokers));
    const { provider } = await stack();
    const dir = made.adopt(await newFolder(), (path) => rm(path, { recursive: true, force: true }));
    const { signal } = closing;
    const dedicated = made.use(await start({ provider, dir, brokers, limits, onProgress, onService, signal }));
    const all = made.move();
    return { dedicated: { ...dedicated, [Symbol.asyncDispose]: () => all.disposeAsync() }, isUsed: false };
  }

  /** How many of this size there may be next to those of the other sizes. */
  function cap(size: ClusterSize): number {
    const { memoryMb, nodeMb } = limits.dedicated;
    const others = [...running].reduce((sum, [other, brokers]) => sum + (other === size ? 0 : brokers), 0);
    return Math.floor((memoryMb / nodeMb - others) / size);
  }

  function openPool(size: ClusterSize): WarmPool<Item> {
    return openWarmPool<Item>({
      make: () => make(size),
      end: async ({ dedicated }) => {
        await dedicated[Symbol.asyncDispose]();
      },
      isBroken: ({ isUsed }) => isUsed,
      awaited: { starting: 'dedicated-kafka-start', free: 'dedicated-kafka' },
      spares: () => 0,
      cap: () => cap(size),
      mostStarting: () => 1,
      refillAfterMs: 0,
      onFault: (error) => {
        if (!closing.signal.aborted) onFault(error);
      },
    });
  }

  return {
    async take(size, signal, onWait, owner) {
      const pool = pools.get(size);
      if (!pool) throw new RangeError(`a Kafka of ${counted(size, 'broker')} is not to be had`);
      const item = await pool.take(signal, onWait, owner);
      item.isUsed = true;
      let given: Promise<void> | null = null;
      const giveBack = async () => {
        await pool.giveBack(item);
        // What became free may be room for one of another size.
        for (const other of pools.values()) other.tend();
      };
      return {
        ...item.dedicated,
        [Symbol.asyncDispose]() {
          given ??= giveBack();
          return given;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('the stack is closed'));
      await Promise.all([...pools.values()].map((pool) => pool[Symbol.asyncDispose]()));
    },
  };
}
