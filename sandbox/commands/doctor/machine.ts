import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { runningInstance } from '#sandbox/app/instance.ts';
import type { Config } from '#sandbox/config.ts';
import { isPortFree } from '#sandbox/host/free-ports.ts';
import type { DoctorLine } from './line.ts';

const NEEDED = { memoryMb: 1024, diskMb: 1024 };

/** Checks the free memory for Kafka, the server and one program. */
export function memory(): DoctorLine {
  const what = 'Memory';
  const freeMb = Math.floor(Math.max(process.availableMemory(), freemem()) / 1024 / 1024);
  const found = `${freeMb} MB free`;
  if (freeMb >= NEEDED.memoryMb) return { what, status: 'ok', found };
  return {
    what,
    status: 'weak',
    found,
    mend: `close other programs: Kafka, the server and one program need ${NEEDED.memoryMb} MB`,
  };
}

/** Checks the free space in the home folder. */
export async function disk({ home }: Config): Promise<DoctorLine> {
  const what = 'Disk';
  const { bavail, bsize } = await statfs(home);
  const freeMb = Math.floor((bavail * bsize) / 1024 / 1024);
  const found = `${freeMb} MB free at ${home}`;
  if (freeMb >= NEEDED.diskMb) return { what, status: 'ok', found };
  return {
    what,
    status: 'missing',
    found,
    mend: `free some space (${NEEDED.diskMb} MB are needed), or set STREAMWRIGHT_HOME to another folder`,
  };
}

/** Checks the port of `npm start`. */
export async function port(config: Config): Promise<DoctorLine> {
  const what = 'Port';
  if (await isPortFree(config.port, '127.0.0.1')) return { what, status: 'ok', found: `${config.port} is free` };
  const running = runningInstance(config.home);
  if (running?.url) return { what, status: 'ok', found: `Streamwright is already running at ${running.url}` };
  return { what, status: 'missing', found: `${config.port} is in use by another program`, mend: 'PORT=4322 npm start' };
}
