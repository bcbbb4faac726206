import type { RunResult } from '#sandbox/protocol/run.ts';
import type { ProgramSpec, RunOptions, Workspace } from '#sandbox/providers/provider.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';

/** Runs in place of a learner's program. */
export type FakeProgram = (program: ProgramSpec, options: RunOptions) => Promise<RunResult>;

export const exited: RunResult = { kind: 'exited', exitCode: 0, durationMs: 1 };

/** A program that runs until it is cancelled. */
export const endless: FakeProgram = (_program, { signal }) =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve({ kind: 'cancelled', durationMs: 1 }), { once: true });
  });

/**
 * Stands in for provider, broker and tenancy where a test is about the server around them. Remembers what exists.
 * @param workspaceMemoryMb as of a provider whose workspaces take time to open
 */
export function fakeStack(program: FakeProgram = async () => exited, { workspaceMemoryMb = 0 } = {}) {
  const tenants = new Set<string>();
  const topics = new Set<string>();
  const broker = { life: 1, brokerState: 'ready' as 'starting' | 'ready' | 'failed' };
  let made = 0;
  let workspaces = 0;
  const engine = { isThere: true, life: 1, asked: 0, refuses: null as string | null };
  let hold: PromiseWithResolvers<void> | null = null;

  const workspace = async (): Promise<Workspace> => {
    engine.asked += 1;
    await hold?.promise;
    if (!engine.isThere) throw new Error('connect ENOENT engine.sock');
    if (engine.refuses !== null) throw new Error(engine.refuses);
    workspaces += 1;
    const { life } = engine;
    return {
      address: () => ({ host: 'broker', port: 9092 }),
      run: (spec, options) => program(spec, options),
      hold: async () => true,
      broken: () => life !== engine.life,
      [Symbol.asyncDispose]: async () => {
        workspaces -= 1;
      },
    };
  };

  return {
    tenants,
    topics,
    /** As if the broker had ended and was started again. */
    restartBroker: () => {
      broker.life += 1;
    },
    setState: (state: 'starting' | 'ready' | 'failed') => {
      broker.brokerState = state;
    },
    openWorkspaces: () => workspaces,
    /** How often one was asked for. */
    askedForWorkspaces: () => engine.asked,
    /** As if the container engine had ended, with all that runs in it. */
    stopEngine: () => {
      engine.isThere = false;
      engine.life += 1;
    },
    startEngine: () => {
      engine.isThere = true;
    },
    /** From here on no workspace can be opened, though the engine is there; null ends it. */
    refuseWorkspaces: (why: string | null) => {
      engine.refuses = why;
    },
    /** None is opened until the returned function is called. */
    holdWorkspaces: () => {
      const held = Promise.withResolvers<void>();
      hold = held;
      return () => {
        hold = null;
        held.resolve();
      };
    },
    provider: {
      name: 'process' as const,
      isolation: 'full' as const,
      walls: 'none, it is a fake',
      weaknesses: [],
      workspaceMemoryMb,
      answers: async () => engine.isThere,
      software: () => Promise.reject(new Error('a fake has no software')),
      startService: () => Promise.reject(new Error('a fake starts nothing')),
      openWorkspace: workspace,
      [Symbol.asyncDispose]: async () => undefined,
    },
    broker: {
      endpoint: { host: '127.0.0.1', port: 9092 },
      inside: { host: '127.0.0.1', port: 9092 },
      admin: { username: 'admin', password: 'x' },
      state: () => broker.brokerState,
      nextRestartMs: () => (broker.brokerState === 'failed' ? 30_000 : null),
      pid: 1000,
      get incarnation() {
        return `life ${broker.life}`;
      },
      [Symbol.asyncDispose]: async () => undefined,
    },
    tenancy: {
      broker: { host: '127.0.0.1', port: 9092 },
      create: async (): Promise<Tenant> => {
        made += 1;
        const prefix = `u${made}.`;
        tenants.add(prefix);
        return { principal: `u${made}`, password: 'secret', prefix };
      },
      remove: async ({ prefix }: Tenant) => {
        tenants.delete(prefix);
      },
      createTopics: async ({ prefix }: Tenant, generation: number, list: readonly { logical: string; partitions: number }[]) =>
        list.map((topic) => {
          const name = `${prefix}${generation}.${topic.logical}`;
          topics.add(name);
          return { ...topic, name };
        }),
      deleteOldTopics: async () => undefined,
      tookTopics: () => false,
      sweep: async () => 0,
    },
    kafka: {
      // Whatever else is asked of it finds nobody at this address.
      ...connectKafka({ endpoint: { host: '127.0.0.1', port: 1 }, username: 'admin', password: 'x' }),
      ping: async () => undefined,
      produce: async (_topic: string, _records: readonly unknown[]): Promise<{ partition: number; offset: bigint }[]> => [],
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
