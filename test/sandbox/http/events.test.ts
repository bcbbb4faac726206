import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createEventBus } from '#sandbox/http/events/bus.ts';
import { EventRing } from '#sandbox/http/events/ring.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { listenTo } from '../event-client.ts';
import { fakeStack } from '../fake-stack.ts';
import { cookieOf, startTestServer, until } from '../test-server.ts';

const run = { lesson: 'log/append', files: { 'main.ts': 'x' } };
const submit = { lesson: 'log/keys', files: { 'main.ts': 'x' } };

test('a page receives each step of its run and of its submission', async () => {
  const server = await startTestServer();
  const { events } = await listenTo(server);
  await server.api('POST', '/api/runs', { body: run });
  await until(() => events.some(({ type }) => type === 'run.finished'), Boolean);
  await server.api('POST', '/api/submissions', { body: submit });
  await until(() => events.some(({ type }) => type === 'submission.finished'), Boolean);
  const types = events.map(({ type }) => type).filter((type) => !type.startsWith('lens.'));
  expect(types.filter((type) => type !== 'run.preparing')).toEqual([
    'run.started',
    'run.finished',
    'submission.queued',
    'submission.finished',
  ]);
  expect(events.every(({ type, data }) => data.type === type)).toBe(true);
});

test('a stream has only the topics that it requested, such as a single run', async () => {
  const server = await startTestServer();
  const submissions = await listenTo(server, '?topics=submission');
  const other = await listenTo(server, '?topics=run:another');
  const all = await listenTo(server);
  await server.api('POST', '/api/runs', { body: run });
  await server.api('POST', '/api/submissions', { body: submit });
  await until(() => all.events.some(({ type }) => type === 'submission.finished'), Boolean);
  await until(
    () => submissions.events.length,
    (count) => count === 2,
  );
  expect(submissions.events.map(({ type }) => type)).toEqual(['submission.queued', 'submission.finished']);
  expect(other.events).toEqual([]);
});

test('a client that reconnects gets exactly what it missed', async () => {
  const server = await startTestServer();
  const first = await listenTo(server, '?topics=submission');
  await server.api('POST', '/api/submissions', { body: submit });
  await until(
    () => first.events.length,
    (count) => count === 2,
  );
  first.close();
  await server.api('POST', '/api/submissions', { body: submit });
  await until(
    async () => (await server.api('GET', '/api/submissions')).body.submissions,
    (list) => list.length === 2 && list[0].status === 'finished',
  );
  const back = await listenTo(server, '?topics=submission', first.events[0]?.id);
  await until(
    () => back.events.length,
    (count) => count === 3,
  );
  expect(back.events[0]).toEqual(first.events[1]);
  expect(back.events.map(({ type }) => type)).toEqual(['submission.finished', 'submission.queued', 'submission.finished']);
});

test.each(['of an earlier start', 'made up'])('an id %s leads to a reload', async (_name) => {
  const server = await startTestServer();
  const { events } = await listenTo(server, '', 'earlier.3');
  await until(
    () => events.length,
    (count) => count === 1,
  );
  expect(events[0]).toMatchObject({ type: 'reload', data: { type: 'reload' } });
});

test('a ring forgets its oldest events beyond its size, and tells clients that missed them', () => {
  const ring = new EventRing({ epoch: 'e', maxBytes: 1000 });
  const output = (text: string): ServerEvent => ({ type: 'run.output', runId: text, chunks: [] });
  for (let index = 0; index < 50; index++) ring.push(output(String(index)));
  expect(ring.after('e.1')).toBeNull();
  expect(ring.after('e.49')?.map(({ id }) => id)).toEqual([50]);
  expect(ring.after('e.50')).toEqual([]);
  expect(ring.after('e.51')).toBeNull();
  expect(ring.after('other.50')).toBeNull();
  expect(ring.after('e.x')).toBeNull();
  expect(ring.after(undefined)).toEqual([]);
});

test('an event that is larger than the ring leaves a gap and causes no error', () => {
  const ring = new EventRing({ epoch: 'e', maxBytes: 1000 });
  ring.push({ type: 'run.started', runId: 'small' });
  ring.push({ type: 'run.started', runId: 'x'.repeat(2000) });
  expect(ring.after('e.1')).toBeNull();
  expect(ring.after('e.2')).toEqual([]);
});

test('a client that does not read is cut off, and the rest are not affected', async () => {
  const noise = 'x'.repeat(30_000);
  const stack = fakeStack(async (_program, { onOutput }) => {
    for (let seq = 0; seq < 2; seq++) onOutput({ seq, stream: 'stdout', text: noise, atMs: 0 });
    return { kind: 'exited', exitCode: 0, durationMs: 1 };
  });
  const server = await startTestServer({ stack });
  const reader = await listenTo(server, '?topics=run');
  const deaf = connect(Number(new URL(server.url).port), '127.0.0.1');
  deaf.pause();
  deaf.on('error', () => undefined);
  deaf.write(
    `GET /api/events?topics=run HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nCookie: ${cookieOf(server.token)}\r\n\r\n`,
  );
  for (let index = 0; index < 400; index++) {
    const { runId } = (await server.api('POST', '/api/runs', { body: run })).body;
    await until(
      async () => (await server.api('GET', `/api/runs/${runId}`)).body.status,
      (status) => status === 'finished',
    );
  }
  let received = 0;
  deaf.on('data', (chunk) => {
    received += chunk.length;
  });
  await new Promise((resolve) => deaf.once('close', resolve).resume());
  // The kernel buffers a few MB for a connection that no one reads; of the 24 MB of events the server itself keeps at most 256 KB.
  expect(received).toBeLessThan(10e6);
  expect(reader.isClosed()).toBe(false);
  expect(reader.events.filter(({ type }) => type === 'run.finished')).toHaveLength(400);
}, 60_000);

test('when the server stops, it ends streams without waiting for them', async () => {
  const server = await startTestServer();
  const stream = await listenTo(server);
  const begin = performance.now();
  await server.close();
  expect(performance.now() - begin).toBeLessThan(2000);
  await until(stream.isClosed, Boolean);
});

test('learners receive only their own events', () => {
  const bus = createEventBus('e');
  bus.publish('ada', { type: 'run.started', runId: 'a' });
  expect(bus.ring('bob').after('e.0')).toEqual([]);
  expect(bus.ring('ada').after('e.0')).toHaveLength(1);
});
