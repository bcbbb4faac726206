import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { type DockerProvider, openDockerProvider } from '#sandbox/providers/docker/provider.ts';
import { runText } from '../run-text.ts';

let provider: DockerProvider;
beforeAll(async () => {
  provider = await openDockerProvider({ config: readConfig() });
});
afterAll(() => provider[Symbol.asyncDispose]());

test('a program whose processes lower their OOM score is reported as out of memory, whatever the kernel ends, and its workspace works or is given up', async () => {
  await using workspace = await provider.openWorkspace({ reach: {} });
  // Several at the same time, with no process marked and each smaller than the supervisor.
  const text = `import { spawn } from 'node:child_process';
    const at = Date.now() + 3000;
    const script = "require('fs').writeFileSync('/proc/self/oom_score_adj', '0'); setTimeout(() => { globalThis.kept = Buffer.alloc(25e6, 1); }, " + at + " - Date.now());";
    for (let i = 0; i < 9; i++) spawn(process.execPath, ['-e', script + 'setInterval(() => {}, 1000)']);
    setInterval(() => {}, 1000);`;
  const { result } = await runText(workspace, text);
  expect(result).toMatchObject({ kind: 'out-of-memory', limitMb: 256 });
  if (!workspace.broken()) expect(await runText(workspace, 'console.log("fine")')).toMatchObject({ stdout: 'fine\n' });
});
