/**
 * The list of system calls as the filter of a container, on every engine: engines' own filters differ by version, and let through what no
 * program needs.
 *
 * @see https://docs.docker.com/engine/security/seccomp/
 */
import { ALLOWED, ENOSYS, NAMESPACES, ROUTES, SOCKET_FAMILIES } from '#sandbox/providers/system-calls.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'SCMP_ARCH_X86_64', aarch64: 'SCMP_ARCH_AARCH64' };
const ALLOW = 'SCMP_ACT_ALLOW';

/** Returns the entries of `SecurityOpt`: none for a processor whose calls are not known, where the engine's own filter stays. */
export function seccompOptions({ architecture }: { architecture: string }): string[] {
  const native = ARCHITECTURES[architecture];
  if (!native) return [];
  const filter = {
    // EPERM; the engine answers ENOSYS to what is newer than the list.
    defaultAction: 'SCMP_ACT_ERRNO',
    // The kernel kills a program that uses system calls of another architecture.
    architectures: [native],
    syscalls: [
      { names: ALLOWED, action: ALLOW },
      ...Object.values(SOCKET_FAMILIES).map((family) => ({ names: ['socket'], action: ALLOW, args: [equals(0, family)] })),
      { names: ['socket'], action: ALLOW, args: [equals(0, ROUTES.family), equals(2, ROUTES.protocol)] },
      { names: ['socketpair'], action: ALLOW, args: [equals(0, SOCKET_FAMILIES.unix)] },
      { names: ['clone'], action: ALLOW, args: [{ index: 0, value: NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ],
  };
  return [`seccomp=${JSON.stringify(filter)}`];
}

function equals(index: number, value: number) {
  return { index, value, op: 'SCMP_CMP_EQ' };
}
