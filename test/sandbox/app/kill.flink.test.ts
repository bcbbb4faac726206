import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { claimInstance } from '#sandbox/app/instance.ts';
import { readConfig } from '#sandbox/config.ts';
import { isRunning, processIdentitySchema } from '#sandbox/host/process-identity.ts';
import { temporaryHome } from '../temporary-home.ts';
import { apiOf, until } from '../test-server.ts';

const said = z.object({ url: z.string(), token: z.string() });
const services = z.object({ services: z.array(processIdentitySchema.extend({ name: z.string() })) });
const temporary = temporaryHome();
const { home } = temporary.config;
let child: ChildProcess | null = null;

afterAll(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  temporary[Symbol.dispose]();
});

test('the next start ends a Flink that a killed server left behind', async () => {
  mkdirSync(home, { recursive: true });
  symlinkSync(join(readConfig().home, 'artifacts'), join(home, 'artifacts'));
  const env = { PATH: process.env.PATH, JAVA_HOME: process.env.JAVA_HOME, STREAMWRIGHT_HOME: home };
  const forked = fork(join(import.meta.dirname, 'child-server.ts'), { env });
  child = forked;
  const [message] = await once(forked, 'message');
  const api = apiOf(said.parse(message));
  await until(
    async () => (await api('POST', '/api/sandbox', { body: { lesson: 'flink-sql/filter-route' } })).body.state,
    (state) => state === 'ready',
    240_000,
  );
  const recorded = () => services.parse(JSON.parse(readFileSync(join(home, 'instance.json'), 'utf8'))).services;
  const left = recorded();
  expect(left.map(({ name }) => name)).toEqual(expect.arrayContaining(['kafka', 'flink']));
  forked.kill('SIGKILL');
  await once(forked, 'exit');

  using _instance = await claimInstance(home);
  expect(left.filter(isRunning)).toEqual([]);
}, 300_000);
