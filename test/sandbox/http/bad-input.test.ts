import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { cookieOf, sharedTestServer } from '../test-server.ts';

const shared = sharedTestServer();

const draft = '/api/drafts/log/append';
const headers = { 'if-match': '"0"' };

test('rejects a body of 2 MB within a second', async () => {
  const { api } = shared();
  const times: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const begin = performance.now();
    const answer = await api('PUT', draft, { body: { files: { 'main.ts': 'x'.repeat(2 * 1024 * 1024) } }, headers });
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE', hint: expect.stringContaining('1 MB') } });
    times.push(performance.now() - begin);
  }
  // Any one of them may meet other work of the machine.
  expect(Math.min(...times)).toBeLessThan(1000);
});

test('rejects an endless body once it is too large', async () => {
  const { url, token } = shared();
  const answer = await sendEndlessly(url, token);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test.each([
  ['not JSON', '{"files":'],
  ['nothing', ''],
  ['100,000 open brackets', '['.repeat(100_000)],
  ['100,000 nested arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a list', '[1,2,3]'],
  ['null', 'null'],
  ['70,000 keys', `{${Array.from({ length: 70_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['70,000 files', `{"files":{${Array.from({ length: 70_000 }, (_, index) => `"k${index}":""`).join(',')}}}`],
  ['a prototype', '{"files":{},"__proto__":{"admin":true}}'],
  ['a prototype of the files', '{"files":{"__proto__":{"main.ts":"x"}}}'],
  ['a constructor', '{"files":{},"constructor":{"prototype":{"admin":true}}}'],
  ['a number as file', '{"files":{"main.ts":7}}'],
  ['no files', '{}'],
])('rejects a body with %s without delaying other requests', async (_name, raw) => {
  const { api } = shared();
  const before = process.threadCpuUsage();
  const answer = await api('PUT', draft, { raw, headers });
  const { user, system } = process.threadCpuUsage(before);
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  expect(answer.body.message.length).toBeLessThan(500);
  // Time on the processor, so that other programs of this machine do not count; it includes the test's own client.
  expect((user + system) / 1000).toBeLessThan(200);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
});

test('uses and validates the last value of a duplicate key', async () => {
  const { api } = shared();
  expect(await api('PUT', draft, { raw: '{"files":{"main.ts":"a"},"files":{"grader.ts":"b"}}', headers })).toMatchObject({
    status: 400,
    body: { code: 'UNKNOWN_FILE' },
  });
});

const PATHS = [
  '../x',
  '..%2fx',
  '%2e%2e/x',
  '%252e%252e%252f',
  '..\\x',
  '/etc/passwd',
  'a/../../x',
  'a%00.ts',
  'x'.repeat(5000),
  '~/x',
  '.git/config',
  '%E0%A4%A',
  '....//....//etc/passwd',
];
test.each(PATHS)('no address reaches a file of the host: %s', async (path) => {
  const { api } = shared();
  for (const prefix of ['/', '/lessons/', '/_astro/', '/api/drafts/log/', '/api/lens/topics/', '/api/runs/']) {
    const answer = await api('GET', prefix + path);
    expect([400, 404, 414]).toContain(answer.status);
    const text = JSON.stringify(answer.body);
    expect(text).not.toMatch(/root:|\[core\]|node_modules|at .*\.ts:\d/);
  }
});

test.each([
  '../x',
  '..\\x',
  '/etc/passwd',
  'a/../../x',
  'a\0.ts',
  'x'.repeat(5000),
  '~/x',
  '.git/config',
  'MAIN.ts',
  'node_modules/kafkajs/index.js',
])('no file can be stored as %j', async (name) => {
  const { api } = shared();
  const answer = await api('PUT', draft, { body: { files: { [name]: 'x' } }, headers });
  expect(answer.status).toBe(400);
  expect((await api('GET', draft)).body.version).toBe(0);
});

test.each(['this is not HTTP\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a b\r\nX: \0\r\n\r\n'])(
  'responds to %j with an error in the usual shape',
  async (raw) => {
    const { url } = shared();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(raw));
      socket.on('data', (data) => resolve(String(data))).on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'INVALID_INPUT' });
  },
);

function sendEndlessly(url: string, token: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    const head = [
      `PUT ${draft} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Origin: ${url}`,
      `Cookie: ${cookieOf(token)}`,
      'Content-Type: application/json',
      'If-Match: "0"',
      'Transfer-Encoding: chunked',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const pour = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', pour);
    socket.on('data', (answer) => {
      resolve(String(answer));
      socket.destroy();
    });
    // The server may end the connection while more is sent; its response counts.
    socket.on('error', (error) => setImmediate(() => reject(error)));
    pour();
  });
}
