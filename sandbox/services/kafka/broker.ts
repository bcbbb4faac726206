/**
 * The shared broker: fetched, formatted anew, started, and brought back on the same log and port when it dies by itself.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#sandbox/config.ts';
import type { Endpoint, SandboxProvider, StartedService } from '#sandbox/providers/provider.ts';
import { type ServiceStart, startAgain, startFresh } from '#sandbox/services/start-fresh.ts';
import { kafkaService } from './spec.ts';

export interface BrokerOptions extends ServiceStart {
  config: Config;
  /** Folder of this stack; the broker lives in `kafka/` below it, which is emptied first. */
  dir: string;
}

export interface Broker extends AsyncDisposable {
  /** Where the server reaches it; names it where something is to reach it. */
  readonly endpoint: Endpoint;
  /** Where Flink reaches it. */
  readonly inside: Endpoint;
  /** Super user, SCRAM-SHA-256, with a password of this start. */
  readonly admin: { username: string; password: string };
  state(): 'starting' | 'ready' | 'failed';
  /** Of the process that runs, or of the last one that did. */
  readonly pid: number;
}

/**
 * Kafka 4.3.1 forgets users when it reads its log again: while removed users come first in a HashMap, `ScramDelta.apply` drops the map
 * that those after them are put into. A name whose Java hash is 0 comes first, and is never removed.
 */
export const BROKER_ADMIN = 'f5a5a608';
/** Restarts within this time count together, and this many are tried. */
const RESTARTS = { windowMs: 10 * 60_000, count: 5 };
const AWAY_PAUSE_MS = 500;
/** After the first try that failed, doubled each time. */
const FAILED_PAUSE_MS = 1000;

/**
 * Starts a broker with an empty log and waits until it is ready.
 * @throws PlatformError SERVICE_NOT_READY when Kafka or Java cannot be had, or the broker does not start
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const software = await options.provider.software('kafka', options);
  const admin = { username: BROKER_ADMIN, password: randomBytes(24).toString('hex') };
  const spec = kafkaService({ software, admin, controllerPassword: randomBytes(24).toString('hex') });
  const dir = join(options.dir, 'kafka');
  const service = await startFresh(spec, dir, options);
  const { broker: endpoint } = service.endpoints;
  const { broker: inside } = service.inside;
  if (!endpoint || !inside) throw new Error('the Kafka service has no broker port');
  const closing = new AbortController();
  const restart = async () => {
    options.onProgress?.('Kafka has ended');
    const again = await startAgain(spec, dir, { ...options, signal: closing.signal });
    options.onProgress?.('Kafka is ready again');
    return again;
  };
  const onFault = (error: unknown) => options.onProgress?.(`Kafka could not be started again: ${error}`);
  return keepRunning(service, { provider: options.provider, restart, onFault, closing, endpoint, inside, admin });
}

function keepRunning(
  first: StartedService,
  {
    provider,
    restart,
    onFault,
    closing,
    endpoint,
    inside,
    admin,
  }: Pick<Broker, 'endpoint' | 'inside' | 'admin'> & {
    provider: Pick<SandboxProvider, 'answers'>;
    restart: () => Promise<StartedService>;
    onFault: (error: unknown) => void;
    closing: AbortController;
  },
): Broker {
  let current = first;
  let state: ReturnType<Broker['state']> = 'ready';
  const restarts: number[] = [];

  /** While what runs it is away, its restarts are not its own fault. */
  const untilProviderAnswers = async (): Promise<void> => {
    while (!closing.signal.aborted && !(await provider.answers())) {
      await delay(AWAY_PAUSE_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };

  const watch = async (): Promise<void> => {
    await current.ended;
    while (!closing.signal.aborted) {
      state = 'starting';
      await untilProviderAnswers();
      restarts.push(performance.now());
      const recent = restarts.filter((at) => at > performance.now() - RESTARTS.windowMs);
      if (recent.length > RESTARTS.count) break;
      try {
        current = await restart();
      } catch (error) {
        // A broker that never comes back shows as `failed`.
        if (!closing.signal.aborted) onFault(error);
        // An engine that stops still answers, and fails at everything: the tries must not be used up by then.
        const pauseMs = FAILED_PAUSE_MS * 2 ** (recent.length - 1);
        await delay(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
        if (!(await provider.answers())) restarts.pop();
        continue;
      }
      state = 'ready';
      if (closing.signal.aborted) await current[Symbol.asyncDispose]();
      await current.ended;
    }
    if (!closing.signal.aborted) state = 'failed';
  };
  const watching = watch();

  return {
    endpoint,
    inside,
    admin,
    state: () => state,
    get pid() {
      return current.pid;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await current[Symbol.asyncDispose]();
      await watching;
    },
  };
}
