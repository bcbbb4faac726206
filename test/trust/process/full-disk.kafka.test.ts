/** The disk of the whole server is full while a learner works, and there is room again later. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { temporaryHome } from '../../sandbox/temporary-home.ts';
import { apiOf, until } from '../../sandbox/test-server.ts';

/** More than the server wants to be free before it makes topics. */
const DISK_MB = 1400;
const LESSON = 'log/append';
const SOLUTION = readFileSync(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8');
const said = z.object({ url: z.string(), token: z.string() });
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!isRoot)('a server whose disk is full (needs root, for a disk of its own)', () => {
  const temporary = temporaryHome();
  const { home } = temporary.config;
  let server: ChildProcess;
  let api: ReturnType<typeof apiOf>;

  beforeAll(async () => {
    mkdirSync(home);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'streamwright-test', home]);
    symlinkSync(join(readConfig().home, 'artifacts'), join(home, 'artifacts'));
    server = fork(join(PROJECT_DIR, 'test/sandbox/app/child-server.ts'), {
      env: {
        PATH: process.env.PATH,
        JAVA_HOME: process.env.JAVA_HOME,
        STREAMWRIGHT_HOME: home,
        STREAMWRIGHT_PROVIDER: 'process',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [address] = await once(server, 'message');
    api = apiOf(said.parse(address));
    await once(server, 'message'); // Kafka is ready
  }, 240_000);
  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    execFileSync('umount', ['--lazy', home]);
    temporary[Symbol.dispose]();
  }, 60_000);

  /** Saves so much that no room in the database's own files is enough. */
  const save = async (text: string) => {
    const { version } = (await api('GET', `/api/drafts/${LESSON}`)).body;
    const body = { files: { 'main.ts': text } };
    return api('PUT', `/api/drafts/${LESSON}`, { body, headers: { 'if-match': `"${version}"` } });
  };
  const start = (path: string, text: string) => api('POST', path, { body: { lesson: LESSON, files: { 'main.ts': text } } });
  const endOf = async (runId: string) => {
    const read = async () => (await api('GET', `/api/runs/${runId}`)).body;
    return await until(read, ({ status }) => status === 'finished' || status === 'error', 90_000);
  };
  const reportOf = async (id: string) => {
    const read = async () => (await api('GET', `/api/submissions/${id}`)).body;
    return (await until(read, ({ status }) => status === 'finished', 180_000)).report;
  };
  /** How a run of the solution ended: 0 where it worked, else what its learner was told. */
  const outcome = async () => {
    const { status, body } = await start('/api/runs', SOLUTION);
    if (status !== 202) return body.message;
    const { result, error } = await endOf(body.runId);
    return error ?? result?.exitCode;
  };

  test('saves are refused with 507 while it is full; the server goes on, and with room again everything works', async () => {
    expect((await save('// before')).status).toBe(200);
    expect(await outcome()).toBe(0);
    const { pid } = server;

    fill(join(home, 'filling'));
    const refused = await save(`// ${'x'.repeat(200_000)}`);
    expect(refused).toMatchObject({ status: 507, body: { code: 'DISK_FULL' } });
    // Whatever becomes of them, they are answered, and end.
    const [run, submission] = [await start('/api/runs', SOLUTION), await start('/api/submissions', `${SOLUTION}\n`)];
    for (const { status } of [run, submission]) expect([202, 503, 507]).toContain(status);
    if (run.status === 202) expect(['finished', 'error']).toContain((await endOf(run.body.runId)).status);
    fill(join(home, 'filling-more')); // what was freed meanwhile
    for (let look = 0; look < 20; look++) expect((await api('GET', `/api/runs/not-there-${look}`)).status).toBe(404);
    expect((await api('GET', '/api/health')).status).toBe(200);
    expect((await api('GET', `/api/drafts/${LESSON}`)).body.files['main.ts']).toBe('// before');

    rmSync(join(home, 'filling'));
    rmSync(join(home, 'filling-more'));
    expect((await save('// after')).status).toBe(200);
    await until(outcome, (told) => told === 0, 150_000);
    const checked = await start('/api/submissions', SOLUTION);
    expect((await reportOf(checked.body.submissionId)).status).toBe('pass');
    if (submission.status === 202) expect((await reportOf(submission.body.submissionId)).status).toMatch(/^(pass|error)$/);
    expect({ pid: server.pid, exitCode: server.exitCode }).toEqual({ pid, exitCode: null });
    const logs = readdirSync(join(home, 'logs')).map((name) => statSync(join(home, 'logs', name)).size);
    expect(Math.max(...logs)).toBeLessThan(5_100_000);
  }, 600_000);
});

/** Writes a file until not a byte more fits on its disk. */
function fill(file: string): void {
  const descriptor = openSync(file, 'a');
  try {
    for (const bytes of [1_000_000, 4096, 1]) {
      const piece = Buffer.alloc(bytes);
      while (fits(() => writeSync(descriptor, piece)));
    }
  } finally {
    closeSync(descriptor);
  }
}

function fits(write: () => unknown): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}
