import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { FILLS_EVERY_FOLDER } from '../../contract/fill-folders.ts';
import { isolated, workspaceFixture } from './workspace-fixture.ts';

const workspace = workspaceFixture();

// Free space of the machine: nothing may run beside it.
describe.skipIf(!isolated)('a program in a workspace (needs bubblewrap)', () => {
  test('filling every disk that it finds is refused, while a megabyte is fine; the host keeps its space', async () => {
    const free = () => statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize;
    const before = free();
    const { stdout } = await workspace.run(FILLS_EVERY_FOLDER);
    expect(stdout.split('\n').slice(0, 10)).toEqual([
      '1000000',
      '/tmp ENOSPC',
      '/workspace ENOSPC',
      '/dev/shm ENOSPC',
      '/var/tmp ENOENT',
      '/ EROFS',
      '/usr/bin EROFS',
      '/dev EROFS',
      expect.stringMatching(/^\/run (EROFS|ENOENT)$/),
      expect.stringMatching(/^\/proc (ENOENT|EACCES)$/),
    ]);
    expect(before - free()).toBeLessThan(64e6);
  });
});
