import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { identify, isRunning } from '#sandbox/host/process-identity.ts';
import { findCgroupTree } from '#sandbox/providers/process/cgroup-tree.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import { until } from '#sandbox/readiness/until.ts';
import { processesWith } from './host-processes.ts';
import { isolated } from './workspace-fixture.ts';

const OPEN_AND_RUN = join(PROJECT_DIR, 'test/fixtures/process/open-and-run.ts');

/** Returns the folders and control groups that carry the id of a process. */
function tracesOf(pid: number | undefined): string[] {
  const folders = [tmpdir(), ...(findCgroupTree()?.parents.map(({ folder }) => folder) ?? [])];
  return folders.flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(`streamwright-${pid}-`)));
}

test.skipIf(!isolated)(
  'the programs of a killed server end with it, and the next server removes the rest (needs bubblewrap)',
  async () => {
    const marker = randomUUID();
    const text = `import { spawn } from 'node:child_process';
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => {});
    spawn(process.execPath, ['-e', '/*${marker}*/ setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).on('spawn', () => console.log('up'));
    setInterval(() => {}, 1000);`;
    const server = spawn(process.execPath, [OPEN_AND_RUN, text], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: server.stdout })) if (line === '> up') break;
    await until(() => processesWith(`/*${marker}*/ `).length > 0, { timeoutMs: 20_000, what: 'the detached child' });
    expect(tracesOf(server.pid)).not.toEqual([]);

    server.kill('SIGKILL');
    await once(server, 'close');
    await until(() => processesWith(marker).length === 0, { timeoutMs: 5000, what: 'every process of the run to end' });

    await using _ = await openProcessProvider(readConfig());
    expect(tracesOf(server.pid)).toEqual([]);
  },
);

test.skipIf(process.platform !== 'linux')('the services of a killed server end with it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'service-'));
  const server = spawn(process.execPath, [join(PROJECT_DIR, 'test/fixtures/process/start-service.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout, 'data');
  const service = identify(Number(String(line)));
  expect(service).not.toBeNull();
  server.kill('SIGKILL');
  await once(server, 'close');
  await until(() => service && !isRunning(service), { timeoutMs: 5000, what: 'the service to end' });
  await rm(dir, { recursive: true });
});
