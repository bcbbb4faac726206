import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileJava } from '#sandbox/artifacts/compile-java.ts';
import { fetchJars } from '#sandbox/artifacts/jars.ts';
import { ensureJava } from '#sandbox/artifacts/java.ts';
import { readConfig } from '#sandbox/config.ts';
import { fetchFlink } from '#sandbox/services/flink/software.ts';

let classes = '';
beforeAll(async () => {
  classes = await mkdtemp(join(tmpdir(), 'gate-tests-'));
});
afterAll(() => rm(classes, { recursive: true, force: true }));

/** The tests of the gate's own classes are Java, in `gate-classes/` next to this file. */
test("the gate's own tests pass", async () => {
  const { home, path: searchPath, javaHome } = readConfig();
  const { command: java } = await ensureJava({ home, searchPath, javaHome });
  const { jars, gate } = await fetchFlink(java, { home, searchPath });
  const junit = await fetchJars(
    {
      name: 'java-tests',
      pom: join(import.meta.dirname, 'java-tests.pom.xml'),
      checksums: join(import.meta.dirname, 'java-tests.sha256'),
      title: 'JUnit',
      sizeMb: 3,
    },
    { home, searchPath },
  );
  const sources = join(import.meta.dirname, 'gate-classes');
  await compileJava({ java, classPath: [gate, jars, junit], sources, target: classes }, { home, searchPath });
  const classPath = [classes, gate, join(jars, '*'), join(junit, '*')].join(':');
  const main = ['org.junit.platform.console.ConsoleLauncher', 'execute', '--scan-classpath', classes, '--disable-banner'];
  const { status, stdout } = spawnSync(java, ['-XX:TieredStopAtLevel=1', '-cp', classPath, ...main], { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  const [, succeeded] = /(\d+) tests successful/.exec(stdout) ?? [];
  expect(Number(succeeded)).toBeGreaterThan(25);
});
