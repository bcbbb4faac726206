import type { FlinkPool, LentFlink } from '#sandbox/leases/flink-pool.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';

export interface FakeFlink extends LentFlink {
  /** As if its JVM had ended. */
  break(): void;
}

/** Stands in for the pool of Flinks where a test is about who holds one. */
export function fakeFlinks() {
  const lent = new Set<FakeFlink>();
  let taken = 0;
  let waiting = 0;
  let hold: { promise: Promise<void>; resolve: () => void } | null = null;

  const unused = () => Promise.reject(new Error('a fake Flink runs nothing'));
  function lend(): FakeFlink {
    taken += 1;
    let broken = false;
    const endpoint = { host: '127.0.0.1', port: 1 };
    const flink: FakeFlink = {
      flink: {
        gateway: endpoint,
        rest: endpoint,
        key: 'key',
        pid: taken,
        ended: new Promise(() => undefined),
        [Symbol.asyncDispose]: async () => undefined,
      },
      broker: endpoint,
      gateway: {
        openSession: unused,
        closeSession: unused,
        submit: unused,
        fetch: unused,
        complete: unused,
        [Symbol.dispose]: () => undefined,
      },
      jobs: {
        list: unused,
        state: unused,
        details: unused,
        watermark: unused,
        metricNames: unused,
        metrics: unused,
        failure: unused,
        cancel: unused,
        [Symbol.dispose]: () => undefined,
      },
      broken: () => broken,
      break: () => {
        broken = true;
      },
      discard: () => {
        broken = true;
      },
      async [Symbol.asyncDispose]() {
        lent.delete(flink);
      },
    };
    lent.add(flink);
    return flink;
  }

  const pool: FlinkPool = {
    warm: () => undefined,
    async take(signal, onWait) {
      if (hold) {
        onWait?.(waitingFor('flink', { position: 3 }));
        const given = Promise.withResolvers<never>();
        signal?.addEventListener('abort', () => given.reject(signal.reason), { once: true });
        await Promise.race([hold.promise, given.promise]);
      }
      return lend();
    },
    state: () => {
      if (lent.size > 0) return 'ready';
      return taken > 0 ? 'starting' : 'idle';
    },
    raise: () => undefined,
    counts: () => ({ lent: lent.size, spare: 0, starting: 0, waiting, raised: 0, cap: 2 }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return {
    pool,
    /** Those that are lent at this moment. */
    lent,
    taken: () => taken,
    /** As if so many waited for one that is given back. */
    setWaiting: (count: number) => {
      waiting = count;
    },
    /** Nobody gets one until the returned function is called. */
    holdBack(): () => void {
      hold = Promise.withResolvers<void>();
      const { resolve } = hold;
      return () => {
        hold = null;
        resolve();
      };
    },
  };
}
