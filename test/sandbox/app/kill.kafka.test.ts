import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { createRandom } from '#sandbox/generators/random.ts';
import { identify, isRunning, type ProcessIdentity } from '#sandbox/host/process-identity.ts';
import { apiOf, until } from '../test-server.ts';
import { kafkaHome } from './kafka-home.ts';

const KILLS = 20;
const SEED = 20;
const temporary = kafkaHome();
const { home } = temporary.config;
const solution = readFileSync(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8');
const draftPath = '/api/drafts/log/append';
const said = z.object({ url: z.string(), token: z.string() });

let child: ChildProcess | null = null;

afterAll(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  temporary[Symbol.dispose]();
});

test(`kill -9 of the server during saves and submissions, ${KILLS} times, loses nothing that was acknowledged and duplicates nothing`, async () => {
  const random = createRandom(SEED, 'kills');
  const accepted = new Set<string>();
  let acknowledged = { version: 0, text: '' };
  let saves = 0;
  let left: ProcessIdentity[] = [];

  for (let kill = 1; kill <= KILLS + 1; kill++) {
    const server = await startChild();
    const api = apiOf(server);

    const draft = (await api('GET', draftPath)).body;
    expect(draft.version).toBeGreaterThanOrEqual(acknowledged.version);
    if (draft.version === acknowledged.version && acknowledged.version > 0)
      expect(draft.files['main.ts']).toBe(acknowledged.text);
    for (const id of accepted) expect((await api('GET', `/api/submissions/${id}`)).status).toBe(200);
    if (kill > KILLS) break;

    // Every third server is killed while it grades, the rest at any moment.
    if (kill % 3 === 0) await server.ready;
    let version: number = draft.version;
    const alive = { value: true };
    const saving = (async () => {
      while (alive.value) {
        const text = `// save ${kill}.${version}`;
        const answer = await api('PUT', draftPath, {
          body: { files: { 'main.ts': text } },
          headers: { 'if-match': `"${version}"` },
        }).catch(() => null);
        if (answer?.status !== 200) return;
        version = answer.body.version;
        acknowledged = { version, text };
        saves += 1;
      }
    })();
    const submitting = (async () => {
      const body = { lesson: 'log/append', files: { 'main.ts': `${solution}\n// ${kill}\n` } };
      const answer = await api('POST', '/api/submissions', { body }).catch(() => null);
      if (answer?.status === 202) accepted.add(answer.body.submissionId);
      await api('POST', '/api/runs', { body }).catch(() => null);
    })();
    await delay(random.int(50, 1500));
    left = [...left, ...descendants(server.pid)];
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    alive.value = false;
    await Promise.all([saving, submitting]);
  }

  // Everything that the killed servers ran has ended 5 s after the next start.
  await until(
    () => left.filter(isRunning),
    (running) => running.length === 0,
    5000,
  );

  const server = await lastServer();
  const api = apiOf(server);
  await until(
    async () => {
      await delay(100);
      const { submissions } = (await api('GET', '/api/submissions')).body;
      return submissions.filter(({ status }: { status: string }) => status !== 'finished');
    },
    (unfinished) => unfinished.length === 0,
    240_000,
  );
  const database = new DatabaseSync(join(home, 'streamwright.sqlite'), { readOnly: true });
  const reports = database
    .prepare('select submission_id as id, count(*) as count, status from reports group by submission_id')
    .all();
  const submissions = database.prepare('select count(*) as count from submissions').get();
  const integrity = database.prepare('pragma integrity_check').get();
  database.close();
  expect(integrity).toEqual({ integrity_check: 'ok' });
  expect(reports).toHaveLength(Number(submissions?.count));
  expect(reports.filter(({ id }) => accepted.has(String(id)))).toHaveLength(accepted.size);
  expect(reports.every(({ count, status }) => count === 1 && status === 'pass')).toBe(true);
  console.log(
    `${KILLS} kills: ${saves} saves and ${accepted.size} submissions acknowledged, none lost; ${left.length} processes left behind, all ended`,
  );
}, 900_000);

interface ChildServer {
  url: string;
  token: string;
  pid: number;
  /** Settles when Kafka is ready, or the server has ended. */
  ready: Promise<void>;
}

let current: ChildServer | null = null;

async function startChild(): Promise<ChildServer> {
  const forked = fork(join(import.meta.dirname, 'child-server.ts'), {
    env: { PATH: process.env.PATH, JAVA_HOME: process.env.JAVA_HOME, STREAMWRIGHT_HOME: home },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child = forked;
  const ready = Promise.withResolvers<void>();
  const address = Promise.withResolvers<z.infer<typeof said>>();
  forked.on('message', (message) => {
    const parsed = said.safeParse(message);
    if (parsed.success) address.resolve(parsed.data);
    else ready.resolve();
  });
  forked.once('exit', (code, signal) => {
    address.reject(new Error(`the server ended with ${code ?? signal} before it listened`));
    ready.resolve();
  });
  current = { ...(await address.promise), ready: ready.promise, pid: forked.pid ?? 0 };
  return current;
}

async function lastServer(): Promise<ChildServer> {
  if (!current) throw new Error('no server was started');
  await current.ready;
  return current;
}

/** Returns every current descendant of the process `pid`. */
function descendants(pid: number): ProcessIdentity[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return children.flatMap((one) => {
    const identity = identify(one);
    return identity ? [identity, ...descendants(one)] : [];
  });
}
