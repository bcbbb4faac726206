/**
 * What this machine has and lacks for Streamwright, each lack with the command that mends it.
 */
import { mkdir, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { runningInstance } from '#sandbox/app/instance.ts';
import { providerOf } from '#sandbox/app/open-provider.ts';
import { findJava, MIN_JAVA } from '#sandbox/artifacts/find-java.ts';
import { fetchedJava } from '#sandbox/artifacts/java.ts';
import type { Config } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { isPortFree } from '#sandbox/host/free-ports.ts';
import { lookAtEngine } from '#sandbox/providers/docker/look.ts';
import { weaknessesOf } from '#sandbox/providers/docker/provider.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { Weakness } from '#sandbox/providers/provider.ts';
import { flinkFolder } from '#sandbox/services/flink/software.ts';
import { kafkaFolder } from '#sandbox/services/kafka/software.ts';

export interface DoctorLine {
  what: string;
  /** `missing` stops Streamwright; `weak` does not, but something is less good or left out. */
  status: 'ok' | 'weak' | 'missing';
  found: string;
  /** The command or step that mends it. */
  mend?: string;
}

const NEEDED = { nodeMajor: 22, memoryMb: 1024, diskMb: 1024 };
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Looks at everything, changes nothing but for making STREAMWRIGHT_HOME. */
export async function runDoctor(config: Config): Promise<DoctorLine[]> {
  await mkdir(config.home, { recursive: true, mode: 0o700 });
  return [
    node(),
    java(config),
    fetched(config, 'Kafka', await kafkaFolder(config.home)),
    fetched(config, 'Flink', await flinkFolder(config.home)),
    pip(config),
    ...(await programs(config)),
    browser(config),
    memory(),
    await disk(config),
    await port(config),
  ];
}

/** The lines for a terminal. */
export function formatDoctor(lines: readonly DoctorLine[]): string {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const mark = { ok: 'ok     ', weak: 'weak   ', missing: 'MISSING' };
  return lines
    .flatMap(({ what, status, found, mend }) => [
      `${mark[status]}  ${what.padEnd(width)}  ${found}`,
      ...(mend ? [`${' '.repeat(width + 11)}mend: ${mend}`] : []),
    ])
    .join('\n');
}

function node(): DoctorLine {
  const what = 'Node';
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= NEEDED.nodeMajor) return { what, status: 'ok', found: `${process.version} at ${process.execPath}` };
  return {
    what,
    status: 'missing',
    found: process.version,
    mend: `run it through npm (\`npm start\`), or install Node ${NEEDED.nodeMajor}`,
  };
}

function java(config: Config): DoctorLine {
  const what = 'Java';
  const found = findJava({ javaHome: config.javaHome, searchPath: config.path }) ?? fetchedJava(config.home);
  if (found) return { what, status: 'ok', found: `${found.version} at ${found.command}` };
  if (hasPip(config))
    return { what, status: 'ok', found: `none of version ${MIN_JAVA} or newer; the first start fetches one by pip` };
  const mend = 'apt-get install openjdk-21-jre-headless, or python3-pip, which fetches one; on macOS brew install openjdk';
  return { what, status: 'missing', found: `none of version ${MIN_JAVA} or newer, and no pip to fetch one`, mend };
}

function fetched(config: Config, what: 'Kafka' | 'Flink', { folder, present }: { folder: string; present: boolean }): DoctorLine {
  if (present) return { what, status: 'ok', found: folder };
  const when = what === 'Kafka' ? 'the first start' : 'the first lesson that needs it';
  if (findCommand('mvn', config.path)) return { what, status: 'ok', found: `not fetched yet; ${when} fetches it by Maven` };
  return {
    what,
    // Without Flink its lessons do not run, but the others do.
    status: what === 'Kafka' ? 'missing' : 'weak',
    found: 'not fetched yet, and no Maven (mvn) to fetch it',
    mend: 'apt-get install maven; on macOS brew install maven',
  };
}

function pip(config: Config): DoctorLine {
  const what = 'pip';
  if (hasPip(config)) return { what, status: 'ok', found: 'there' };
  return { what, status: 'weak', found: 'not there; needed only where Java is missing', mend: 'apt-get install python3-pip' };
}

function hasPip({ path }: Config): boolean {
  return ['pip3', 'pip'].some((command) => findCommand(command, path) !== null);
}

async function programs(config: Config): Promise<DoctorLine[]> {
  try {
    return (await providerOf(config)) === 'docker' ? await containers(config) : await processes(config);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return [{ what: 'Programs', status: 'missing', found: error.message, mend: error.hint }];
  }
}

async function containers(config: Config): Promise<DoctorLine[]> {
  const { version, firewall } = await lookAtEngine(config);
  const engine: DoctorLine = { what: 'Provider', status: 'ok', found: `docker: containers of engine ${version}` };
  const what = 'Firewall';
  switch (firewall) {
    case null:
      return [engine, { what, status: 'ok', found: 'is looked at when the first image has been built' }];
    case 'elsewhere':
      return [engine, { what, status: 'ok', found: 'the engine has a machine of its own, which cannot be looked at from here' }];
    case 'closed':
      return [engine, { what, status: 'ok', found: 'containers reach no service of this machine' }];
    case 'open':
      return [engine, ...weaknessesOf(firewall).map((weakness) => weak(what, weakness))];
  }
}

async function processes(config: Config): Promise<DoctorLine[]> {
  await using provider = await openProcessProvider(config);
  const { walls, limits, weaknesses } = provider;
  return [
    { what: 'Provider', status: 'ok', found: 'process: child processes of the server' },
    { what: 'Isolation', status: provider.isolation === 'full' ? 'ok' : 'weak', found: walls },
    { what: 'Limits', status: 'ok', found: `memory, processes and processor by ${limits}` },
    ...weaknesses.map((weakness) => weak('Weakness', weakness)),
  ];
}

function weak(what: string, { what: found, mend }: Weakness): DoctorLine {
  return { what, status: 'weak', found, mend };
}

function browser(config: Config): DoctorLine {
  const what = 'Browser';
  const found = CHROMIUM.map((name) => findCommand(name, config.path)).find((path) => path !== null);
  if (found) return { what, status: 'ok', found };
  return {
    what,
    status: 'weak',
    found: 'no Chromium; only tests need one',
    mend: 'apt-get install chromium, or npx playwright-core install chromium',
  };
}

function memory(): DoctorLine {
  const what = 'Memory';
  const freeMb = Math.floor(Math.max(process.availableMemory(), freemem()) / 1024 / 1024);
  const found = `${freeMb} MB free`;
  if (freeMb >= NEEDED.memoryMb) return { what, status: 'ok', found };
  return { what, status: 'weak', found, mend: `close something: Kafka, the server and one program want ${NEEDED.memoryMb} MB` };
}

async function disk({ home }: Config): Promise<DoctorLine> {
  const what = 'Disk';
  const { bavail, bsize } = await statfs(home);
  const freeMb = Math.floor((bavail * bsize) / 1024 / 1024);
  const found = `${freeMb} MB free at ${home}`;
  if (freeMb >= NEEDED.diskMb) return { what, status: 'ok', found };
  return {
    what,
    status: 'missing',
    found,
    mend: `free some: it wants ${NEEDED.diskMb} MB, or set STREAMWRIGHT_HOME to a folder elsewhere`,
  };
}

async function port(config: Config): Promise<DoctorLine> {
  const what = 'Port';
  if (await isPortFree(config.port, '127.0.0.1')) return { what, status: 'ok', found: `${config.port} is free` };
  const running = runningInstance(config.home);
  if (running?.url) return { what, status: 'ok', found: `Streamwright runs already at ${running.url}` };
  return { what, status: 'missing', found: `${config.port} is in use by something else`, mend: 'PORT=4322 npm start' };
}
