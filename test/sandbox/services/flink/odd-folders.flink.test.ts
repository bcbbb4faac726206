import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { compileGate } from '#sandbox/services/flink/compile-gate.ts';
import { startFlink } from '#sandbox/services/flink/flink.ts';
import { flink } from '#sandbox/services/flink/software.ts';
import { ODD_FOLDERS, openOddHome } from '../odd-folders.ts';

test.each(ODD_FOLDERS)(
  'a Flink starts in a home named %s',
  async (name) => {
    await using odd = await openOddHome(name);
    await using started = await startFlink({ config: { ...readConfig(), home: odd.home }, dir: odd.dir, provider: odd.provider });
    const response = await fetch(`http://${started.rest.host}:${started.rest.port}/overview`);
    expect(await response.json()).toMatchObject({ taskmanagers: 1 });
  },
  120_000,
);

test('the gate and its compiler are made in a home with every odd letter', async () => {
  await using odd = await openOddHome(ODD_FOLDERS[0] ?? '');
  const { java, jars } = await odd.provider.software(flink);
  const artifacts = join(odd.home, 'artifacts');
  for (const name of await readdir(artifacts)) {
    if (/^(gate|java-compiler)-/.test(name)) await rm(join(artifacts, name), { recursive: true });
  }
  const { path: searchPath, toolEnvironment: environment } = readConfig();
  await expect(compileGate({ java, jars }, { home: odd.home, searchPath, environment })).resolves.toContain('gate-');
}, 120_000);
