/** Group W: what comes to the server from elsewhere than a page of its own, and what belongs to somebody else. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cookieOf } from '../../sandbox/test-server.ts';
import { awaitEnd, startProgram } from '../attack.ts';
import type { Product } from '../learners.ts';
import { PROBE } from '../probe-lesson.ts';

const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const READING = ['get', 'head'];
const DRAFT = `/api/drafts/${PROBE.lesson}`;
const files = (text: string) => ({ files: { 'main.ts': text } });

export function webCases(product: Product): void {
  const api = () => product.api('ada');

  test('no route that changes anything is open to another site, to no site, or to a form: by the list of all routes', async () => {
    const { paths } = openApi.parse((await api()('GET', '/api/openapi.json')).body);
    const changing = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => !READING.includes(method))
        .map((method) => [method.toUpperCase(), path] as const),
    );
    expect(changing.map(([method, path]) => `${method} ${path}`)).toContain('POST /api/sql/check');
    for (const [method, path] of changing) {
      const at = path.replace('{module}', 'trust').replace('{slug}', 'probe').replace('{id}', 'x');
      const headers = { 'if-match': '"0"' };
      const foreign = [
        { origin: 'https://evil.test' },
        { origin: 'null' },
        { origin: `${product.url}.evil.test` },
        { origin: undefined },
        { origin: undefined, 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'x-http-method-override': 'GET', origin: 'https://evil.test' },
      ];
      for (const one of foreign)
        expect((await api()(method, at, { body: files('x'), headers: { ...headers, ...one } })).status).toBe(403);
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined]) {
        const { status } = await api()(method, at, {
          raw: JSON.stringify(files('x')),
          headers: { ...headers, 'content-type': type },
        });
        expect([415, 400]).toContain(status);
      }
      expect((await api()(method, at, { body: files('x'), headers: { ...headers, cookie: undefined } })).status).toBe(401);
    }
    expect((await api()('GET', DRAFT)).body.version).toBe(0);
    expect((await api()('GET', '/api/submissions')).body.submissions).toEqual([]);
    expect(await api()('PUT', DRAFT, { body: files('mine'), headers: { 'if-match': '"0"' } })).toMatchObject({ status: 200 });
  });

  describe('what belongs to another learner', () => {
    test('a run cannot be read or stopped, and answers as one that does not exist', async () => {
      const id = await startProgram(product, 'bob', 'console.log("of Bob"); setTimeout(() => {}, 2000);');
      const unknown = 'A'.repeat(20);
      for (const method of ['GET', 'DELETE']) {
        const [theirs, nobodys] = await Promise.all([id, unknown].map((one) => api()(method, `/api/runs/${one}`)));
        expect(theirs).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
        expect({ ...theirs?.body, requestId: '' }).toEqual({ ...nobodys?.body, requestId: '' });
      }
      const { output } = await awaitEnd(product, 'bob', id);
      expect(output).toContain('of Bob');
    });

    test('a submission, a draft, a queue position, topics, groups, jobs and progress show none of it', async () => {
      const bob = product.api('bob');
      await bob('PUT', DRAFT, { body: files('the draft of Bob'), headers: { 'if-match': '"0"' } });
      const { body } = await bob('POST', '/api/submissions', {
        body: { lesson: PROBE.lesson, ...files('the submission of Bob') },
      });
      expect((await bob('GET', `/api/submissions/${body.submissionId}`)).body.files['main.ts']).toBe('the submission of Bob');
      expect(await api()('GET', `/api/submissions/${body.submissionId}`)).toMatchObject({ status: 404 });
      const seen = [
        DRAFT,
        '/api/submissions',
        '/api/progress',
        '/api/lens/topics',
        '/api/lens/groups',
        '/api/lens/jobs',
        '/api/me',
      ];
      for (const path of seen) expect(JSON.stringify((await api()('GET', path)).body)).not.toMatch(/Bob|bob/);
      const put = await api()('PUT', DRAFT, { body: files('over it'), headers: { 'if-match': '"1"' } });
      expect(put.status).toBe(200); // her own, of the same version
      expect((await bob('GET', DRAFT)).body.files['main.ts']).toBe('the draft of Bob');
    });

    test('ids are long and random, so that none leads to the next', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) ids.push(await startProgram(product, 'bob', `// ${i}`));
      await awaitEnd(product, 'bob', ids.at(-1) ?? '');
      expect(new Set(ids.map((id) => id.slice(0, 6))).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[\w-]{20}$/);
    });
  });

  test.each([
    ...['../x', '..%2fx', '%2e%2e/x', '%252e%252e%252f', '..\\x', '/etc/passwd', 'a/../../x', 'a%00.ts', 'x'.repeat(5000), '~/x'],
    ...[
      '.git/config',
      '__proto__/x',
      'constructor/prototype',
      '%c0%ae%c0%ae/x',
      '..;/x',
      '%5c..%5cx',
      'file:///etc/passwd',
      '?',
      '#',
    ],
  ])("no address leads out of its folder or to an object's own names: %s", async (path) => {
    for (const prefix of [
      '/',
      '/lessons/',
      '/_astro/',
      '/api/',
      '/api/lessons/',
      '/api/drafts/',
      '/api/lens/topics/',
      '/api/runs/',
      '/api/submissions/',
    ]) {
      const { status, body } = await api()('GET', prefix + path);
      expect([200, 301, 302, 400, 404, 414]).toContain(status);
      expect(JSON.stringify(body)).not.toMatch(/root:|\[core\]|(grader|solution)-canary/);
    }
  });

  describe('strange bodies', () => {
    test('half a pair of characters, marks of direction and every control character come back as they were', async () => {
      const text = `\u202e\u2028\u0000\u0007\ufeff<script>${String.fromCharCode(...Array.from({ length: 32 }, (_, n) => n))}`;
      const { body } = await api()('GET', DRAFT);
      const saved = await api()('PUT', DRAFT, { body: files(text), headers: { 'if-match': `"${body.version}"` } });
      expect(saved.status).toBe(200);
      expect((await api()('GET', DRAFT)).body.files['main.ts']).toBe(text);
    });
  });

  describe('requests that are not quite HTTP', () => {
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(Number(new URL(product.url).port), '127.0.0.1', () => socket.write(text));
        socket
          .on('data', (data) => {
            answer += data;
            // What keeps the connection open after its answer has said all.
            socket.setTimeout(1500);
          })
          .on('close', () => resolve(answer))
          .on('error', () => resolve(answer));
        socket.setTimeout(20_000, () => socket.destroy());
      });
    const host = () => new URL(product.url).host;
    const login = () => `Cookie: ${cookieOf(product.token('ada'))}\r\nOrigin: ${product.url}`;

    test.each([
      [
        'two lengths',
        (h: string, l: string) =>
          `POST /api/runs HTTP/1.1\r\nHost: ${h}\r\n${l}\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\n{}{}`,
      ],
      [
        'a length and chunks',
        (h: string, l: string) =>
          `POST /api/runs HTTP/1.1\r\nHost: ${h}\r\n${l}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/me HTTP/1.1\r\n\r\n`,
      ],
      [
        'another host in its address',
        (_h: string, l: string) => `GET http://evil.test/api/me HTTP/1.1\r\nHost: evil.test\r\n${l}\r\n\r\n`,
      ],
      ['two hosts', (h: string, l: string) => `GET /api/me HTTP/1.1\r\nHost: evil.test\r\nHost: ${h}\r\n${l}\r\n\r\n`],
      ['no host', (_h: string, l: string) => `GET /api/me HTTP/1.0\r\n${l}\r\n\r\n`],
      [
        'a header across lines',
        (h: string, l: string) => `GET /api/me HTTP/1.1\r\nHost: ${h}\r\n${l}\r\nX: a\r\n b\nOrigin: http://evil.test\r\n\r\n`,
      ],
      [
        '40 KB of headers',
        (h: string, l: string) => `GET /api/me HTTP/1.1\r\nHost: ${h}\r\n${l}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      ],
    ])("one with %s gets no learner's answer", async (_what, request) => {
      const answer = await raw(request(host(), login()));
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain('"learner"');
      expect(await raw(`GET /api/me HTTP/1.1\r\nHost: ${host()}\r\n${login()}\r\nConnection: close\r\n\r\n`)).toContain(
        '"learner"',
      );
    });
  });
}
