/**
 * A program of 170 bytes for x86-64 Linux that requests its own user namespace from the kernel, by `clone`. It exits with 0 when it got
 * one, else with the number of the error.
 */
export const NAMESPACE_PROBE_HEX = elf([
  ...[0xb8, 56, 0, 0, 0], // mov eax, SYS_clone
  ...[0xbf, 0x11, 0, 0, 0x10], // mov edi, CLONE_NEWUSER | SIGCHLD
  ...[0x31, 0xf6, 0x31, 0xd2, 0x45, 0x31, 0xd2, 0x45, 0x31, 0xc0], // xor esi, edx, r10d, r8d
  ...[0x0f, 0x05], // syscall
  ...[0x31, 0xff], // xor edi, edi
  ...[0x85, 0xc0], // test eax, eax
  ...[0x79, 0x04], // jns over the next two instructions
  ...[0x89, 0xc7, 0xf7, 0xdf], // mov edi, eax; neg edi
  ...[0xb8, 60, 0, 0, 0], // mov eax, SYS_exit
  ...[0x0f, 0x05], // syscall
]).toString('hex');

/** Returns a static executable of one segment that holds the given machine code. */
function elf(code: readonly number[]): Buffer {
  const HEADERS = 120;
  const BASE = 0x400000n;
  const file = Buffer.alloc(HEADERS + code.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0);
  file.writeUInt16LE(2, 16); // executable
  file.writeUInt16LE(62, 18); // x86-64
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BASE + BigInt(HEADERS), 24); // entry
  file.writeBigUInt64LE(64n, 32); // program headers
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // load
  file.writeUInt32LE(5, 68); // readable, executable
  file.writeBigUInt64LE(BASE, 80);
  file.writeBigUInt64LE(BASE, 88);
  file.writeBigUInt64LE(BigInt(file.length), 96);
  file.writeBigUInt64LE(BigInt(file.length), 104);
  file.writeBigUInt64LE(0x1000n, 112);
  file.set(code, HEADERS);
  return file;
}
