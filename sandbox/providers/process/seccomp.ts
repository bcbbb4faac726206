/**
 * The list of system calls as a filter for the kernel: a program of classic BPF that answers each call.
 *
 * @see Linux, Documentation/userspace-api/seccomp_filter.rst
 */
import {
  type Architecture,
  allowedNumbers,
  CONDITIONAL,
  ENOSYS,
  EPERM,
  NAMESPACES,
  ROUTES,
  SOCKET_FAMILIES,
} from '#sandbox/providers/system-calls.ts';

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64. */
const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** Load a word, return; jump if equal, if greater, if greater or equal, if a bit is set. */
const LOAD = 0x20;
const RETURN = 0x06;
const EQUAL = 0x15;
const GREATER = 0x25;
const NOT_LESS = 0x35;
const ANY_BIT = 0x45;

/** SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO, SECCOMP_RET_KILL_PROCESS. */
const ALLOW = 0x7fff0000;
const ERROR = 0x00050000;
const KILL = 0x80000000;

/** Offsets in struct seccomp_data. Of an argument, the lower half: the kernel reads no more of a family, a protocol or these flags. */
const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
const argumentOffset = (index: number) => 16 + 8 * index;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, operand: number];

/**
 * Returns the compiled filter for a processor (`process.arch`), as `bwrap --seccomp` reads it; null when its numbers are not known.
 */
export function seccompFilter(arch: string): Buffer | null {
  return arch === 'x64' || arch === 'arm64' ? Buffer.concat(program(arch).map(encoded)) : null;
}

function program(arch: Architecture): Instruction[] {
  const { socket, socketpair, clone, clone3 } = CONDITIONAL[arch];
  const allowed = allowedNumbers(arch);
  return [
    load(ARCHITECTURE_OFFSET),
    ...unless(EQUAL, ARCHITECTURES[arch], [answer(KILL)]),
    load(NUMBER_OFFSET),
    // What is newer than the list is unknown, as it would be to an older kernel; so are the x32 calls of x64, far above.
    ...when(GREATER, Math.max(...allowed), [answer(ERROR + ENOSYS)]),
    ...when(EQUAL, clone3, [answer(ERROR + ENOSYS)]),
    ...when(EQUAL, clone, [load(argumentOffset(0)), ...when(ANY_BIT, NAMESPACES, [answer(ERROR + EPERM)]), answer(ALLOW)]),
    ...when(EQUAL, socket, [
      load(argumentOffset(0)),
      ...Object.values(SOCKET_FAMILIES).flatMap((family) => when(EQUAL, family, [answer(ALLOW)])),
      ...when(EQUAL, ROUTES.family, [load(argumentOffset(2)), ...when(EQUAL, ROUTES.protocol, [answer(ALLOW)])]),
      answer(ERROR + EPERM),
    ]),
    ...when(EQUAL, socketpair, [
      load(argumentOffset(0)),
      ...when(EQUAL, SOCKET_FAMILIES.unix, [answer(ALLOW)]),
      answer(ERROR + EPERM),
    ]),
    ...ranges(allowed).flatMap(([first, last]) =>
      unless(GREATER, last, [...when(NOT_LESS, first, [answer(ALLOW)]), answer(ERROR + EPERM)]),
    ),
    answer(ERROR + EPERM),
  ];
}

function load(offset: number): Instruction {
  return [LOAD, 0, 0, offset];
}

function answer(value: number): Instruction {
  return [RETURN, 0, 0, value];
}

/** Passes through `then` when the loaded word compares so. */
function when(comparison: number, operand: number, then: readonly Instruction[]): Instruction[] {
  return [[comparison, 0, then.length, operand], ...then];
}

function unless(comparison: number, operand: number, then: readonly Instruction[]): Instruction[] {
  return [[comparison, then.length, 0, operand], ...then];
}

/** Returns runs of neighbouring numbers, of ascending ones. */
function ranges(numbers: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}

/** struct sock_filter: code, jump when true, jump when false, operand. */
function encoded([code, whenTrue, whenFalse, operand]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt8(whenFalse, 3);
  bytes.writeUInt32LE(operand, 4);
  return bytes;
}
