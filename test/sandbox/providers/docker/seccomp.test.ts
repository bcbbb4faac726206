import { expect, test } from 'vitest';
import { seccompOptions } from '#sandbox/providers/docker/seccomp.ts';

test('an engine below 25 gets a filter that refuses io_uring, and a later one keeps its own', () => {
  const [option = ''] = seccompOptions({ version: '20.10.24+dfsg1', architecture: 'x86_64' });
  const filter = JSON.parse(option.slice('seccomp='.length));
  const refused = filter.syscalls.flatMap(({ names, args }: { names: string[]; args?: unknown }) => (args ? [] : names));
  expect(refused).toEqual(expect.arrayContaining(['io_uring_setup', 'io_uring_enter', 'ptrace', 'mount', 'unshare', 'clone3']));
  expect(filter.architectures).toEqual(['SCMP_ARCH_X86_64']);
  expect(seccompOptions({ version: '25.0.0', architecture: 'x86_64' })).toEqual([]);
});
