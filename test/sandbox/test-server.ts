import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type ServerOptions, startServer } from '#sandbox/app/server.ts';
import type { StackOptions } from '#sandbox/app/stack.ts';
import type { Identify } from '#sandbox/identity/identify.ts';
import { tokenCookie } from '#sandbox/identity/local-token.ts';
import { type FlinkSqlParts, flinkSqlWith } from '#sandbox/languages/flink-sql/language.ts';
import { languages } from '#sandbox/languages/languages.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { fakeFlinks } from './fake-flinks.ts';
import { fakeStack } from './fake-stack.ts';
import { reportOf } from './store/store-fixture.ts';
import { type TemporaryHome, temporaryHome } from './temporary-home.ts';

type Grade = NonNullable<NonNullable<ServerOptions['parts']>['grade']>;

export interface TestServerOptions {
  home?: TemporaryHome;
  stack?: ReturnType<typeof fakeStack>;
  /** Instead of a stack that is there at once. */
  open?: (options: StackOptions) => Promise<ReturnType<typeof fakeStack>>;
  grade?: Grade;
  flinks?: ReturnType<typeof fakeFlinks>;
  /** Instead of the one learner of local mode. */
  identify?: Identify;
  /** Instead of what runs and checks SQL in Flink. */
  sql?: Partial<FlinkSqlParts>;
}

/** Passes every submission. */
export const passAll: Grade = async (_stack, exercise, { id }): Promise<Report> => reportOf(id, { lesson: exercise.lesson });

/** The real server on a free port, with a stand-in for the broker; it ends with the test. */
export async function startTestServer(options: TestServerOptions = {}) {
  const server = await openTestServer(options);
  onTestFinished(server.end);
  return server;
}

/** One server for all tests of a file, which leave it as it was. */
export function sharedTestServer(): () => Awaited<ReturnType<typeof openTestServer>> {
  let server: Awaited<ReturnType<typeof openTestServer>> | null = null;
  beforeAll(async () => {
    server = await openTestServer({});
  });
  afterAll(() => server?.end());
  return () => {
    if (!server) throw new Error('the server is there inside tests alone');
    return server;
  };
}

async function openTestServer(options: TestServerOptions) {
  const { home = temporaryHome(), stack = fakeStack(), flinks = fakeFlinks(), open, grade = passAll, sql = {} } = options;
  const parts = {
    open: open ?? (async () => stack),
    grade,
    ...(options.identify && { identify: options.identify }),
    flinks: flinks.pool,
    languages: { ...languages, 'flink-sql': flinkSqlWith(sql) },
  };
  const server = await startServer(home.config, { port: 0, parts });
  const end = async () => {
    await server.close();
    home[Symbol.dispose]();
  };
  return { ...server, home, stack, flinks, api: apiOf(server), end };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  body: any;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Buffer;
  headers?: Record<string, string | undefined>;
}

/** What a browser sends after it has opened a page. */
export function cookieOf(token: string): string {
  return `${tokenCookie(token)}=${token}`;
}

/** Calls the API as a page does. `undefined` as a header leaves it out. */
export function apiOf({ url, token }: { url: string; token: string }) {
  return (method: string, path: string, { body, raw, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all: Record<string, string | undefined> = {
      cookie: cookieOf(token),
      origin: url,
      'content-type': text === undefined ? undefined : 'application/json',
      'content-length': text === undefined ? undefined : String(Buffer.byteLength(text)),
      ...headers,
    };
    return call(url + path, method, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)), text);
  };
}

/** Node's own client: it sends paths and headers as they are, which `fetch` does not. */
function call(url: string, method: string, headers: Record<string, string | undefined>, body?: string | Buffer): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf(port) + port.length);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const json = String(response.headers['content-type']).includes('json');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: json && text !== '' ? JSON.parse(text) : text,
        });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Reads until the answer is as wanted. */
export async function until<T>(read: () => Promise<T> | T, wanted: (value: T) => boolean, limitMs = 20_000): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > end) throw new Error(`not as wanted after ${limitMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
