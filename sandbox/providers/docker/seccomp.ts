/**
 * The filter of system calls for containers. Engines before 25 allow io_uring, which programs have used to escape sandboxes. They get our
 * own filter, which refuses what Docker documents as refused, and io_uring.
 *
 * @see https://docs.docker.com/engine/security/seccomp/
 */

const FIRST_WITHOUT_IO_URING = 25;
const ENOSYS = 38;
/** The flags of clone(2) that make namespaces: NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NAMESPACES = [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000];
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'SCMP_ARCH_X86_64', aarch64: 'SCMP_ARCH_AARCH64' };

const REFUSED = [
  ...[
    'acct',
    'add_key',
    'bpf',
    'clock_adjtime',
    'clock_settime',
    'create_module',
    'delete_module',
    'fanotify_init',
    'finit_module',
  ],
  ...['fsconfig', 'fsmount', 'fsopen', 'fspick', 'get_kernel_syms', 'get_mempolicy', 'init_module', 'io_uring_enter'],
  ...[
    'io_uring_register',
    'io_uring_setup',
    'ioperm',
    'iopl',
    'kcmp',
    'kexec_file_load',
    'kexec_load',
    'keyctl',
    'lookup_dcookie',
  ],
  ...[
    'mbind',
    'migrate_pages',
    'mount',
    'mount_setattr',
    'move_mount',
    'move_pages',
    'name_to_handle_at',
    'nfsservctl',
    'open_by_handle_at',
  ],
  ...['open_tree', 'perf_event_open', 'personality', 'pidfd_getfd', 'pivot_root', 'process_madvise', 'process_vm_readv'],
  ...[
    'process_vm_writev',
    'ptrace',
    'query_module',
    'quotactl',
    'quotactl_fd',
    'reboot',
    'request_key',
    'set_mempolicy',
    'setns',
  ],
  ...[
    'settimeofday',
    'swapoff',
    'swapon',
    'syslog',
    'umount2',
    'unshare',
    'uselib',
    'userfaultfd',
    'ustat',
    'vhangup',
    'vmsplice',
  ],
  // Kernel objects that would outlive a program.
  ...['mq_open', 'msgget', 'semget', 'shmget'],
];

/** Returns the entries of `SecurityOpt`: none where the engine's own filter is good. */
export function seccompOptions({ version, architecture }: { version: string; architecture: string }): string[] {
  const native = ARCHITECTURES[architecture];
  if (!native || Number.parseInt(version, 10) >= FIRST_WITHOUT_IO_URING) return [];
  const refuse = (names: readonly string[]) => ({ names, action: 'SCMP_ACT_ERRNO' });
  const filter = {
    defaultAction: 'SCMP_ACT_ALLOW',
    // The kernel kills a program that uses system calls of another architecture.
    architectures: [native],
    syscalls: [
      refuse(REFUSED),
      ...NAMESPACES.map((flag) => ({
        ...refuse(['clone']),
        args: [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }],
      })),
      // A filter cannot see its flags, which are in memory; libraries fall back to clone.
      { ...refuse(['clone3']), errnoRet: ENOSYS },
    ],
  };
  return [`seccomp=${JSON.stringify(filter)}`];
}
