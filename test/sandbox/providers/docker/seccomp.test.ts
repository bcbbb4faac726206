import { expect, test } from 'vitest';
import { z } from 'zod';
import { seccompOptions } from '#sandbox/providers/docker/seccomp.ts';

const ruleSchema = z.object({ names: z.array(z.string()), action: z.string(), args: z.array(z.unknown()).optional() });
const filterSchema = z.object({
  defaultAction: z.literal('SCMP_ACT_ERRNO'),
  architectures: z.array(z.string()),
  syscalls: z.array(ruleSchema),
});

test('a container may call what is on the list, and nothing else, on every engine', () => {
  const [option = ''] = seccompOptions({ architecture: 'x86_64' });
  const { architectures, syscalls } = filterSchema.parse(JSON.parse(option.slice('seccomp='.length)));
  expect(architectures).toEqual(['SCMP_ARCH_X86_64']);
  const allowed = syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW');
  const always = new Set(allowed.filter(({ args }) => !args).flatMap(({ names }) => names));
  for (const name of ['read', 'execve', 'futex', 'arch_prctl']) expect(always).toContain(name);
  for (const name of ['io_uring_setup', 'ptrace', 'mount', 'unshare', 'socket', 'socketpair', 'clone', 'clone3', 'bpf', 'keyctl'])
    expect(always).not.toContain(name);
  expect(allowed.filter(({ args }) => args).map(({ names }) => names[0])).toEqual([
    ...['socket', 'socket', 'socket', 'socket'],
    ...['socketpair', 'clone'],
  ]);
});

test('a processor whose calls are not known keeps the filter of the engine', () => {
  expect(seccompOptions({ architecture: 'riscv64' })).toEqual([]);
});
