/**
 * A filter of system calls for programs. It refuses with EPERM those that a Node program never needs and that have led out of sandboxes.
 *
 * @see Linux, Documentation/userspace-api/seccomp_filter.rst; Docker's default profile
 */

/** Refused system calls by name, with their numbers, from the kernel's syscall_64.tbl and asm-generic/unistd.h. */
const NUMBERS = {
  x64: {
    ptrace: 101,
    syslog: 103,
    personality: 135,
    pivot_root: 155,
    acct: 163,
    mount: 165,
    umount2: 166,
    swapon: 167,
    swapoff: 168,
    reboot: 169,
    init_module: 175,
    delete_module: 176,
    quotactl: 179,
    lookup_dcookie: 212,
    kexec_load: 246,
    add_key: 248,
    request_key: 249,
    keyctl: 250,
    move_pages: 279,
    unshare: 272,
    vmsplice: 278,
    perf_event_open: 298,
    fanotify_init: 300,
    open_by_handle_at: 304,
    setns: 308,
    process_vm_readv: 310,
    process_vm_writev: 311,
    kcmp: 312,
    finit_module: 313,
    bpf: 321,
    userfaultfd: 323,
    io_uring_setup: 425,
    io_uring_enter: 426,
    io_uring_register: 427,
    open_tree: 428,
    move_mount: 429,
    fsopen: 430,
    fsconfig: 431,
    fsmount: 432,
    mount_setattr: 442,
  },
  arm64: {
    quotactl: 60,
    lookup_dcookie: 18,
    umount2: 39,
    mount: 40,
    pivot_root: 41,
    vmsplice: 75,
    acct: 89,
    personality: 92,
    unshare: 97,
    kexec_load: 104,
    init_module: 105,
    delete_module: 106,
    syslog: 116,
    ptrace: 117,
    reboot: 142,
    add_key: 217,
    request_key: 218,
    keyctl: 219,
    swapon: 224,
    swapoff: 225,
    move_pages: 239,
    perf_event_open: 241,
    fanotify_init: 262,
    open_by_handle_at: 265,
    setns: 268,
    process_vm_readv: 270,
    process_vm_writev: 271,
    kcmp: 272,
    finit_module: 273,
    bpf: 280,
    userfaultfd: 282,
    io_uring_setup: 425,
    io_uring_enter: 426,
    io_uring_register: 427,
    open_tree: 428,
    move_mount: 429,
    fsopen: 430,
    fsconfig: 431,
    fsmount: 432,
    mount_setattr: 442,
  },
} as const;

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64. */
const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** Classic BPF: load a word, jump if equal, jump if greater or equal, return. */
const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const RETURN = 0x06;

/** SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM, SECCOMP_RET_KILL_PROCESS. */
const ALLOW = 0x7fff0000;
const REFUSE = 0x00050001;
const KILL = 0x80000000;

/** Offsets in struct seccomp_data. */
const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
/** Numbers from here on are the x32 calls of x86-64, which would bypass the list. */
const X32_NUMBERS = 0x40000000;

/**
 * Returns the compiled filter for a processor (`process.arch`), as `bwrap --seccomp` reads it; null when its numbers are not known.
 */
export function seccompFilter(arch: string): Buffer | null {
  if (arch !== 'x64' && arch !== 'arm64') return null;
  const refused = Object.values(NUMBERS[arch]);
  return Buffer.concat([
    instruction(LOAD, 0, 0, ARCHITECTURE_OFFSET),
    instruction(JUMP_EQUAL, 1, 0, ARCHITECTURES[arch]),
    instruction(RETURN, 0, 0, KILL),
    instruction(LOAD, 0, 0, NUMBER_OFFSET),
    // The last instruction but one allows, the last one refuses.
    instruction(JUMP_GREATER_EQUAL, refused.length + 1, 0, X32_NUMBERS),
    ...refused.map((number, index) => instruction(JUMP_EQUAL, refused.length - index, 0, number)),
    instruction(RETURN, 0, 0, ALLOW),
    instruction(RETURN, 0, 0, REFUSE),
  ]);
}

/** struct sock_filter: code, jump when true, jump when false, operand. */
function instruction(code: number, whenTrue: number, whenFalse: number, operand: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt8(whenFalse, 3);
  bytes.writeUInt32LE(operand, 4);
  return bytes;
}
