import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A product that was started by `npm start` or by its main file, as a user has it. */
export interface RunningProduct {
  url: string;
  pid: number;
  /** The page's cookie, for calls to the API. */
  cookie: string;
  stop(): Promise<void>;
}

type StartOptions = { command: [string, ...string[]]; cwd: string; env: Record<string, string>; limitMs: number };

/**
 * Starts the product and returns when its health says ok.
 * @throws Error with the last lines of its output when it ends or takes longer than `limitMs`
 */
export async function startProduct({ command, cwd, env, limitMs }: StartOptions): Promise<RunningProduct> {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const tail: string[] = [];
  const address = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > 30) tail.shift();
      const found = /http:\/\/(127\.0\.0\.1|localhost):\d+/.exec(line)?.[0];
      if (found) address.resolve(found);
    });
  }
  child.once('exit', (code) => address.reject(new Error(`the product ended with ${code}:\n${tail.join('\n')}`)));
  const limit = setTimeout(() => address.reject(new Error(`no address after ${limitMs} ms:\n${tail.join('\n')}`)), limitMs);
  const url = await address.promise;
  clearTimeout(limit);
  const page = await fetch(url);
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await untilHealthy(url, cookie, limitMs);
  const group = -(child.pid ?? 0);
  return {
    url,
    cookie,
    pid: child.pid ?? 0,
    stop: async () => {
      process.kill(group, 'SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** A call to the product's API as its page makes it. */
export async function call(product: { url: string; cookie: string }, method: string, path: string, body?: unknown) {
  const response = await fetch(product.url + path, {
    method,
    headers: {
      cookie: product.cookie,
      origin: product.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Reads the path until `done` holds; the server answers at once, so a pause of 10 ms between two reads is the resolution. */
export async function until<T>(read: () => Promise<T>, done: (value: T) => boolean, limitMs: number): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (performance.now() > end) throw new Error(`still not done after ${limitMs} ms: ${JSON.stringify(value).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function untilHealthy(url: string, cookie: string, limitMs: number): Promise<void> {
  const read = async () => String((await (await fetch(`${url}/api/health`, { headers: { cookie } })).json()).status);
  await until(read, (status) => status === 'ok', limitMs);
}

/** Proportional set size in MB of every process below `pid` (it included), by command. */
export function memoryOfTree(pid: number): { command: string; pssMb: number }[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const pss = Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 60);
  return [{ command, pssMb: Math.round(pss / 1024) }, ...children.flatMap(memoryOfTree)];
}
