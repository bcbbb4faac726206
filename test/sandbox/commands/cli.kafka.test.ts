import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { reportSchema } from '#sandbox/protocol/report.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'streamwright-cli-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function run(args: string[], from = PROJECT_DIR): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'sandbox/cli.ts'), ...args], {
    cwd: PROJECT_DIR,
    env: { ...process.env, INIT_CWD: from },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes) => {
    stdout += bytes;
  });
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
}

const KEYS = join(PROJECT_DIR, 'lessons/01-log/02-keys');

describe('grade', () => {
  test('exits with 1 for a wrong program, and the report names its check and diagnosis', { timeout: 180_000 }, async () => {
    const files = ['--json', 'report.json', '--junit', 'report.xml', '--seed', '42'];
    const { exitCode, stdout } = await run(['grade', 'log/keys', join(KEYS, 'wrong/no-key.ts'), ...files], dir);
    expect(exitCode).toBe(1);
    const report = reportSchema.parse(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')));
    const failed = report.checks.find(({ status }) => status === 'fail');
    expect(failed).toMatchObject({ id: 'same-partition', diagnosis: 'MISSING_KEY' });
    expect(report.seed).toBe(42);
    expect(stdout).toContain('What chooses the partition?');
    expect(await readFile(join(dir, 'report.xml'), 'utf8')).toContain('<failure message="driver-');
  });

  test("exits with 0 for the solution's folder, and with --json - prints only the report on stdout", {
    timeout: 180_000,
  }, async () => {
    const { exitCode, stdout } = await run(['grade', 'log/keys', 'solution', '--json', '-'], KEYS);
    expect(exitCode).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).status).toBe('pass');
  });
});

describe('a typing mistake exits with 64 and starts nothing', () => {
  test.each([
    ['no lesson', ['grade'], 'grade takes a lesson and a file or folder'],
    ['an unknown lesson', ['grade', 'log/none', KEYS], 'there is no lesson log/none'],
    ['a missing file', ['grade', 'log/keys', 'nowhere.ts'], 'nothing exists at'],
    ["a folder without the exercise's files", ['grade', 'log/keys', 'sandbox/config'], 'nothing exists at'],
    ['a seed that is not a number', ['grade', 'log/keys', 'README.md', '--seed', 'x'], '--seed takes a whole number'],
    ['an unknown option', ['grade', 'log/keys', 'README.md', '--sed', '1'], "'--sed'"],
    ['an unknown command', ['judge'], 'there is no command "judge"'],
    ['too few repeats', ['prove', '--repeat', '0'], '--repeat takes a whole number'],
    ['mutants of changed lessons', ['prove', '--mutants', '--changed'], '--mutants goes with neither --changed nor --show'],
    ['JSON without mutants', ['prove', '--json', '-'], '--json goes with --mutants only'],
  ])('%s', { timeout: 60_000 }, async (_, args, said) => {
    const { exitCode, stderr, stdout } = await run(args);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(said);
    expect(stdout).toBe('');
  });
});
