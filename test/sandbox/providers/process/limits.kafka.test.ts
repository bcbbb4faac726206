import { describe, expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { inspectMachine } from '#sandbox/providers/process/machine.ts';
import { openWorkspace } from '#sandbox/providers/process/workspace.ts';
import { isolated, runText, workspaceFixture } from './workspace-fixture.ts';

const workspace = workspaceFixture();

describe.skipIf(!isolated)('a program in a workspace (needs bubblewrap)', () => {
  test('files in memory count as memory', async () => {
    const text = `import fs from 'node:fs';
      for (const file of ['/tmp/a', '/workspace/a']) fs.writeFileSync(file, Buffer.alloc(30e6, 1));
      const kept = []; for (let i = 0; i < 18; i++) kept.push(Buffer.alloc(1e7, 1)); console.log('all');`;
    const { result } = await workspace.run(text);
    expect(result.kind).toBe(workspace.provider.limits === 'sampler' ? 'exited' : 'out-of-memory');
  });

  test('simultaneous runs have different users and all succeed', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => workspace.run('console.log(process.getuid())')));
    expect(runs.every(({ result }) => result.kind === 'exited' && result.exitCode === 0)).toBe(true);
    const users = new Set(runs.map(({ stdout }) => stdout));
    expect(users.size).toBe(process.getuid?.() === 0 ? 5 : 1);
    expect(users).not.toContain('0\n');
  });

  test('a program that cannot be started is a Streamwright error with its reason', async () => {
    await using machine = await inspectMachine(readConfig().path);
    const { bubblewrap } = machine.tools;
    if (!bubblewrap) throw new Error('no bubblewrap');
    const broken = {
      ...machine,
      tools: { ...machine.tools, bubblewrap: { ...bubblewrap, libraries: [{ target: '/lib/x', source: '/nowhere' }] } },
    };
    await using closed = openWorkspace(broken, { reach: {} });
    await expect(runText(closed, '')).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
      message: expect.stringContaining("Can't find source path /nowhere"),
    });
  });
});
