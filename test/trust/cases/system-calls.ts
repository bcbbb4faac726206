/** What machine code may ask of the kernel: what is on the list, and nothing besides. */
import { describe, expect, test } from 'vitest';
import { allowedNumbers, CONDITIONAL, ENOSYS, EPERM, NAMESPACES, SOCKET_FAMILIES } from '#sandbox/providers/system-calls.ts';
import { attack } from '../attack.ts';
import type { Product } from '../learners.ts';

type Call = readonly [number: number, ...arguments_: number[]];

const { socket, socketpair, clone } = CONDITIONAL.x64;
/** Calls that succeed with every argument 0, so that a filter which refuses all, or a program that calls nothing, is noticed. */
const HARMLESS: readonly Call[] = [[39], [186], [102], [110]];
/** What must be refused even if it came onto the list: mounts, roots, namespaces, modules, bpf, io_uring, userfaultfd, perf, keys, others' memory. */
const NEVER = [
  ...[165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 272, 308],
  ...[175, 176, 313, 246, 320, 321, 425, 426, 427, 323, 298, 248, 249, 250],
  ...[101, 310, 311, 312, 438, 440, 447, 304, 303, 300, 163, 167, 168, 169, 172, 173, 103],
];
const LAST_NUMBER = 460;
/** uretprobe and uprobe: newer kernels show them to no filter, and refuse or end whoever calls them outside of a probe. */
const UNFILTERED = [335, 336];
const FAMILIES = Array.from({ length: 46 }, (_none, family) => family);
/** SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET. */
const KINDS = [1, 2, 3, 5];
const NETLINK = 16;
const X32 = 0x40000000;

export function systemCallCases(product: Product): void {
  async function answers(...programs: readonly (readonly Call[])[]): Promise<{ signal: string | null; errors: number[] }[]> {
    const { said } = await attack(product, 'system-calls', { given: { programs } });
    expect(said.map(({ started }) => started)).toEqual(programs.map(() => 'ok'));
    return said;
  }

  describe.skipIf(process.arch !== 'x64')('machine code', () => {
    test('gets a refusal from every system call that is not on the list', async () => {
      const known = new Set<number>([...allowedNumbers('x64'), socket, socketpair, clone]);
      const unlisted = Array.from({ length: LAST_NUMBER + 1 }, (_none, number) => number).filter(
        (number) => !known.has(number) && !UNFILTERED.includes(number),
      );
      expect(NEVER.filter((number) => !unlisted.includes(number))).toEqual([]);
      const [said] = await answers([...HARMLESS, ...unlisted.map((number): Call => [number])]);
      expect(said?.signal).toBeNull();
      const errors = said?.errors ?? [];
      expect(errors.slice(0, HARMLESS.length)).toEqual([0, 0, 0, 0]);
      const given = unlisted.map((number, index) => [number, errors[HARMLESS.length + index]] as const);
      expect(given.filter(([, error]) => error !== EPERM && error !== ENOSYS)).toEqual([]);
    });

    test('gets a refusal from every family of sockets but Unix, IPv4, IPv6 and the list of interfaces', async () => {
      const open = Object.values(SOCKET_FAMILIES).map((family): Call => [socket, family, 2]);
      const others = FAMILIES.filter((family) => !Object.values<number>(SOCKET_FAMILIES).includes(family) && family !== NETLINK);
      const refused: Call[] = [
        ...others.flatMap((family) => KINDS.map((kind): Call => [socket, family, kind])),
        // Every protocol of the kernel's own messages but that of its routes.
        ...Array.from({ length: 31 }, (_none, index): Call => [socket, NETLINK, 3, index + 1]),
        ...FAMILIES.filter((family) => family !== SOCKET_FAMILIES.unix).map((family): Call => [socketpair, family, 1]),
      ];
      const [said] = await answers([...open, [socket, NETLINK, 3, 0], ...refused]);
      const errors = said?.errors ?? [];
      expect(errors.slice(0, 4)).toEqual([0, 0, 0, 0]);
      const given = refused.map((call, index) => [...call, errors[4 + index]]);
      expect(given.filter((call) => call.at(-1) !== EPERM)).toEqual([]);
    });

    test('gets a refusal from every namespace, and from the calls of another kind of processor', async () => {
      const flags = Array.from({ length: 32 }, (_none, bit) => 2 ** bit).filter((flag) => (flag & NAMESPACES) !== 0);
      expect(flags).toHaveLength(7);
      const [namespaces, ...x32] = await answers(
        flags.map((flag): Call => [clone, flag]),
        [[X32 + 39]],
        [[X32 + 41, 40, 1]],
        [[X32 + 520]],
      );
      expect(namespaces?.errors).toEqual(flags.map(() => EPERM));
      // An engine's filter ends the process, ours refuses the call.
      for (const { signal, errors } of x32) expect([[ENOSYS], 'SIGSYS']).toContainEqual(signal ?? errors);
    });

    test('a program lists its interfaces, has threads, processes, WebAssembly and compressed and encrypted data', async () => {
      expect((await attack(product, 'ordinary-calls')).said).toEqual([
        {
          interfaces: true,
          thread: 42,
          child: 'child',
          wasm: 42,
          unzipped: 'zipped',
          digest: 64,
          served: 'hello',
          watched: true,
        },
      ]);
    });
  });
}
