import { describe, expect, test } from 'vitest';
import { seccompFilter } from '#sandbox/providers/process/seccomp.ts';
import { allowedNumbers, CONDITIONAL, ENOSYS, EPERM, NAMESPACES } from '#sandbox/providers/system-calls.ts';

const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 };
const OTHER = 0x40000003; // AUDIT_ARCH_I386
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const error = (number: number) => 0x00050000 + number;

describe.each(['x64', 'arm64'] as const)('the filter of %s', (arch) => {
  const filter = seccompFilter(arch) ?? Buffer.alloc(0);
  const ask = (number: number, args: readonly number[] = [], audit = AUDIT[arch]) => answerOf(filter, { number, args, audit });
  const { socket, socketpair, clone, clone3 } = CONDITIONAL[arch];
  const allowed = allowedNumbers(arch);
  const newest = Math.max(...allowed);

  test('allows each number on the list, and no other', () => {
    const numbers = Array.from({ length: 600 }, (_none, number) => number).filter(
      (number) => !Object.values<number>(CONDITIONAL[arch]).includes(number),
    );
    expect(numbers.filter((number) => ask(number) === ALLOW)).toEqual(allowed);
    const others = numbers.filter((number) => !allowed.includes(number));
    expect(others.filter((number) => ask(number) !== error(number > newest ? ENOSYS : EPERM))).toEqual([]);
  });

  test('refuses the numbers of x32, and ends a program of another architecture', () => {
    for (const number of [...allowed, socket]) expect(ask(0x40000000 + number, [1])).toBe(error(ENOSYS));
    expect(ask(0xffffffff)).toBe(error(ENOSYS));
    expect(ask(allowed[0] ?? 0, [], OTHER)).toBe(KILL);
  });

  test('allows sockets of three families, and of the list of interfaces', () => {
    const families = Array.from({ length: 256 }, (_none, family) => family);
    expect(families.filter((family) => ask(socket, [family, 1, 9]) === ALLOW)).toEqual([1, 2, 10]);
    expect(families.filter((family) => ask(socket, [16, 3, family]) === ALLOW)).toEqual([0]);
    expect(families.filter((family) => ask(socketpair, [family, 1, 0]) === ALLOW)).toEqual([1]);
    expect(ask(socket, [40, 1, 0])).toBe(error(EPERM));
  });

  test('allows threads and processes, and no namespace', () => {
    const bits = Array.from({ length: 32 }, (_none, bit) => 2 ** bit);
    const refused = bits.filter((flag) => ask(clone, [flag]) === error(EPERM));
    expect(refused.reduce((sum, flag) => sum + flag, 0)).toBe(NAMESPACES);
    expect(ask(clone, [0x003d0f00])).toBe(ALLOW); // as a library starts a thread
    expect(ask(clone3)).toBe(error(ENOSYS)); // which makes libraries use clone
  });
});

test('a processor whose numbers are not known has no filter', () => {
  expect(seccompFilter('riscv64')).toBeNull();
});

/** Does what the kernel does with a filter: Documentation/networking/filter.rst. */
function answerOf(filter: Buffer, { number, args, audit }: { number: number; args: readonly number[]; audit: number }): number {
  const words = [number, audit, 0, 0, ...args.flatMap((arg) => [arg, 0])];
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const [code, operand] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    if (code === 0x06) return operand;
    if (code === 0x20) {
      loaded = words[operand / 4] ?? 0;
      continue;
    }
    const comparisons: Readonly<Record<number, boolean>> = {
      21: loaded === operand,
      37: loaded > operand,
      53: loaded >= operand,
      69: (loaded & operand) !== 0,
    };
    at += 8 * filter.readUInt8(comparisons[code] ? at + 2 : at + 3);
  }
  throw new Error('the filter ends without an answer');
}
