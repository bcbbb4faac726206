/**
 * The shared broker: fetched, formatted anew, started, and brought back on the same log and port when it dies by itself.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureJava } from '#sandbox/artifacts/java.ts';
import { fetchKafka } from '#sandbox/artifacts/kafka.ts';
import type { Config } from '#sandbox/config.ts';
import type { Endpoint, StartedService } from '#sandbox/providers/provider.ts';
import { kafkaService } from '#sandbox/services/kafka.ts';
import { type ServiceStart, startAgain, startFresh } from '#sandbox/start-fresh.ts';

export interface BrokerOptions extends ServiceStart {
  config: Config;
  /** Folder of this stack; the broker lives in `kafka/` below it, which is emptied first. */
  dir: string;
}

export interface Broker extends AsyncDisposable {
  readonly endpoint: Endpoint;
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
const ADMIN = 'f5a5a608';
/** Restarts within this time count together, and this many are tried. */
const RESTARTS = { windowMs: 10 * 60_000, count: 5 };

/**
 * Starts a broker with an empty log and waits until it is ready.
 * @throws PlatformError SERVICE_NOT_READY when Kafka or Java cannot be had, or the broker does not start
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { config, signal } = options;
  const fetching = { home: config.home, searchPath: config.path, onProgress: options.onProgress, signal };
  const [java, jars] = await Promise.all([ensureJava({ ...fetching, javaHome: config.javaHome }), fetchKafka(fetching)]);
  const admin = { username: ADMIN, password: randomBytes(24).toString('hex') };
  const spec = kafkaService({ java: java.command, jars, admin, controllerPassword: randomBytes(24).toString('hex') });
  const dir = join(options.dir, 'kafka');
  const service = await startFresh(spec, dir, options);
  const { broker: endpoint } = service.endpoints;
  if (!endpoint) throw new Error('the Kafka service has no broker port');
  const closing = new AbortController();
  const restart = () => startAgain(spec, dir, { ...options, signal: closing.signal });
  return keepRunning(service, { restart, closing, endpoint, admin });
}

function keepRunning(
  first: StartedService,
  {
    restart,
    closing,
    endpoint,
    admin,
  }: Pick<Broker, 'endpoint' | 'admin'> & { restart: () => Promise<StartedService>; closing: AbortController },
): Broker {
  let current = first;
  let state: ReturnType<Broker['state']> = 'ready';
  const restarts: number[] = [];

  const watch = async (): Promise<void> => {
    await current.ended;
    while (!closing.signal.aborted) {
      restarts.push(performance.now());
      const recent = restarts.filter((at) => at > performance.now() - RESTARTS.windowMs);
      if (recent.length > RESTARTS.count) break;
      state = 'starting';
      try {
        current = await restart();
      } catch {
        continue; // its log says why; a broker that never comes back shows as `failed`
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
