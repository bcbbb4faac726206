/**
 * Makes sure that only one server at a time uses STREAMWRIGHT_HOME, by a lock that the system releases when its process ends, for whatever
 * reason, and a file that identifies the server and what it has started.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import { identify, isRunning, type ProcessIdentity, processIdentitySchema } from '#sandbox/host/process-identity.ts';
import { until } from '#sandbox/readiness/until.ts';

const instanceSchema = z.strictObject({
  process: processIdentitySchema,
  /** Null while it is starting. */
  url: z.string().nullable(),
  services: z.array(processIdentitySchema.extend({ name: z.string() })),
});

type InstanceRecord = z.infer<typeof instanceSchema>;

export interface Instance extends Disposable {
  /** Records where the server listens, for the message to anyone who tries to start a second one. */
  recordUrl(url: string): void;
  /** Records a service process that was started; if this server is killed, the next one ends it. */
  recordService(name: string, pid: number): void;
}

const SWEEP_TIMEOUT_MS = 10_000;
const WRITE_AGAIN_MS = 2000;

/**
 * Claims a home folder for this process, and ends the services that a killed one left running. Disposing it releases the folder.
 * @throws PlatformError SERVICE_NOT_READY naming the address of the server that uses it
 */
export async function claimInstance(home: string): Promise<Instance> {
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o700); // it holds the database and the passwords of services
  const file = join(home, 'instance.json');
  const lock = takeLock(home);
  if (!lock) throw alreadyRunning(home);
  try {
    await endServices(readRecord(file)?.services ?? []);
  } catch (error) {
    lock.close();
    throw error;
  }
  const own = identify(process.pid);
  if (!own) throw new Error('this process cannot be identified');
  let record: InstanceRecord = { process: own, url: null, services: [] };
  const write = () => {
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  write();
  let again: NodeJS.Timeout | undefined;
  /** A full disk must not end what has just been started: it is written as soon as there is room. */
  const writeWhenPossible = () => {
    clearTimeout(again);
    try {
      if (lock.isOpen) write();
    } catch {
      again = setTimeout(writeWhenPossible, WRITE_AGAIN_MS).unref();
    }
  };
  const change = (changes: Partial<InstanceRecord>) => {
    record = { ...record, ...changes };
    writeWhenPossible();
  };
  return {
    recordUrl: (url) => change({ url }),
    recordService: (name, pid) => {
      const identity = identify(pid);
      const others = record.services.filter((service) => service.pid !== pid && isRunning(service));
      if (identity) change({ services: [...others, { name, ...identity }] });
    },
    [Symbol.dispose]: () => {
      clearTimeout(again);
      if (!lock.isOpen) return;
      rmSync(file, { force: true });
      lock.close();
    },
  };
}

/** Returns the server that uses a home folder at present; null when none runs. */
export function runningInstance(home: string): { pid: number; url: string | null } | null {
  const record = readRecord(join(home, 'instance.json'));
  return record && isRunning(record.process) ? { pid: record.process.pid, url: record.url } : null;
}

/** Takes the lock: SQLite locks its file through the system, until the connection closes or the process ends. */
function takeLock(home: string): DatabaseSync | null {
  const database = new DatabaseSync(join(home, 'instance.lock'), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes('locked')) return null;
    throw error;
  }
}

function readRecord(file: string): InstanceRecord | null {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // not written yet, or by a version with another format
  }
}

async function endServices(services: readonly (ProcessIdentity & { name: string })[]): Promise<void> {
  for (const service of services) {
    if (isRunning(service)) process.kill(service.pid, 'SIGKILL');
    await until(() => !isRunning(service), {
      timeoutMs: SWEEP_TIMEOUT_MS,
      what: `the ${service.name} of an earlier start to end`,
    });
  }
}

function alreadyRunning(home: string): PlatformError {
  const running = runningInstance(home);
  const who = running ? `process ${running.pid}` : 'another process';
  return new PlatformError('SERVICE_NOT_READY', {
    message: running?.url
      ? `Streamwright is already running at ${running.url} (${who}).`
      : `Streamwright is already starting (${who}).`,
    hint: `Open that address, or stop it first (Ctrl+C where it was started). To run a second, set STREAMWRIGHT_HOME to a folder other than ${home}.`,
  });
}
