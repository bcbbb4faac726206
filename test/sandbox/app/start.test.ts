import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimInstance } from '#sandbox/app/instance.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type TemporaryHome, temporaryHome } from '../temporary-home.ts';
import { startTestServer } from '../test-server.ts';

/** Runs `npm start` until it exits, and returns its output. */
async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'sandbox/main.ts')], { env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  return { code, said };
}

function homeOfTest() {
  const home = temporaryHome();
  onTestFinished(() => home[Symbol.dispose]());
  return home;
}

test('a port in use ends the start immediately and says how to use another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => {
    other.close();
  });
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { code, said } = await start({ PORT: String(port), STREAMWRIGHT_HOME: homeOfTest().config.home });
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is used by another program`);
  expect(said).toContain(`PORT=${port + 1} npm start`);
  expect(said).not.toMatch(/at .*\.ts:\d/);
}, 30_000);

test('a second start names the address of the first', async () => {
  const { config } = homeOfTest();
  using instance = await claimInstance(config.home);
  instance.recordUrl('http://127.0.0.1:4321');
  const { code, said } = await start({ PORT: '0', STREAMWRIGHT_HOME: config.home });
  expect(code).toBe(1);
  expect(said).toContain('http://127.0.0.1:4321');
}, 30_000);

test('an invalid setting is named', async () => {
  const { code, said } = await start({ PORT: 'many' });
  expect(code).toBe(1);
  expect(said).toMatch(/PORT=many.*Hint/);
}, 30_000);

test.skipIf(!canMount())(
  'on a full disk nothing is half stored, the page is told to keep its draft, and saving works again with free space',
  async () => {
    const home = tinyHome();
    const { api } = await startTestServer({ home });
    const save = (version: number, bytes: number) =>
      api('PUT', '/api/drafts/log/append', {
        body: { files: { 'main.ts': 'x'.repeat(bytes) } },
        headers: { 'if-match': `"${version}"` },
      });
    expect(await save(0, 1000)).toMatchObject({ status: 200 });
    execFileSync('sh', ['-c', `cat /dev/zero > ${home.config.home}/filler || true`], { stdio: 'ignore' });

    const refused = await save(1, 200_000);
    expect(refused).toMatchObject({ status: 507, body: { code: 'DISK_FULL', hint: expect.stringContaining('browser') } });
    const submission = { lesson: 'log/append', files: { 'main.ts': 'x'.repeat(200_000) } };
    expect(await api('POST', '/api/submissions', { body: submission })).toMatchObject({ status: 507 });
    expect(await api('GET', '/api/drafts/log/append')).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await api('GET', '/')).toMatchObject({ status: 200 });

    rmSync(join(home.config.home, 'filler'));
    expect(await save(1, 200_000)).toMatchObject({ status: 200, body: { version: 2 } });
  },
);

/** Returns a home on a disk of 1 MB. */
function tinyHome(): TemporaryHome {
  const home = temporaryHome();
  mkdirSync(home.config.home, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', home.config.home]);
  const dispose = () => {
    execFileSync('umount', [home.config.home]);
    home[Symbol.dispose]();
  };
  return { ...home, [Symbol.dispose]: dispose };
}

function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
