import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';

let top = '';
beforeEach(async () => {
  top = await makeTemporaryFolder();
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** Runs the set-up of a clone in a folder of this name, with an npm that notes how it was called and exits with `status`. */
function setUp(folder: string, { status = 0, env = {} }: { status?: number; env?: Record<string, string> } = {}) {
  const project = join(top, folder);
  const npm = join(top, 'npm.js');
  mkdirSync(join(project, 'sandbox'), { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  cpSync(join(PROJECT_DIR, 'sandbox/setup.mjs'), join(project, 'sandbox/setup.mjs'));
  writeFileSync(join(project, 'package-lock.json'), '{}');
  writeFileSync(npm, `console.error(JSON.stringify([process.cwd(), ...process.argv.slice(2)])); process.exit(${status});`);
  const run = () =>
    spawnSync(process.execPath, [join(project, 'sandbox/setup.mjs')], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, npm_execpath: npm, ...env },
    });
  const first = run();
  const call = first.stderr.split('\n').find((line) => line.startsWith('["'));
  return { project, run, ...first, call: call ? (JSON.parse(call) as string[]) : null };
}

test('packages are installed once, in any folder, whole, and into the project, whatever the settings of the user are', () => {
  const { project, run, status, call } = setUp("übung 日本, it's $x");
  expect(status).toBe(0);
  expect(call?.slice(0, 2)).toEqual([project, 'ci']);
  expect(call).toEqual(
    expect.arrayContaining([
      ...['--engine-strict=false', '--include=dev', '--include=optional', '--global=false', '--location=project'],
      ...['--bin-links=true', '--loglevel=error', '--legacy-peer-deps=false', '--dry-run=false', '--ignore-scripts'],
    ]),
  );
  expect(call?.some((word) => /registry|proxy|cafile|auth|userconfig/.test(word))).toBe(false);
  expect(run().stderr).toBe('');
});

test('a set-up that failed says so and is tried again', () => {
  const { project, status, stderr } = setUp('clone', { status: 1 });
  expect(status).toBe(1);
  expect(stderr).toContain('npm ci failed. Hint: see the lines above');
  expect(existsSync(join(project, 'node_modules/.streamwright-lock'))).toBe(false);
});

test.each(['a:b', 'C#', '50%', 'a"b', 'a*b', 'why?'])('a clone in a folder named %s is refused with what to do', (name) => {
  const { status, stderr, call } = setUp(name);
  expect([status, call]).toEqual([1, null]);
  expect(stderr).toContain('Hint: rename that folder');
});

test('every script sets up first, also where npm runs no script before another', () => {
  const { scripts, engines } = JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8'));
  for (const script of Object.values(scripts)) expect(script).toMatch(/^node sandbox\/setup\.mjs && hash -r && /);
  expect(Object.keys(scripts).filter((name) => name.startsWith('pre'))).toEqual([]);
  const [, major] = /Node (\d+) or newer/.exec(readFileSync(join(PROJECT_DIR, 'README.md'), 'utf8')) ?? [];
  expect(engines.node).toBe(`>=${major}`);
});
