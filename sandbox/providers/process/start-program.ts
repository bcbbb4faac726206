/**
 * Starts a program's first process inside the walls that the machine offers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { nodeArguments, permissionArguments } from '#sandbox/providers/node-arguments.ts';
import { bubblewrapArguments, INSIDE } from './bubblewrap-arguments.ts';
import { type Enter, enterCommand } from './enter-command.ts';
import { withoutInherited } from './inherited-descriptors.ts';
import type { Bubblewrap, Machine } from './machine.ts';
import type { RunDirectory } from './run-directory.ts';

export interface Start {
  directory: Pick<RunDirectory, 'path' | 'files'>;
  /** Arguments of Node: the entry file, or an option that exits immediately. */
  program: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Folder with the sockets of services; null for none. */
  sockets: string | null;
  enter: Pick<Enter, 'uid' | 'cgroups' | 'processes'>;
  memoryMb: number;
}

export interface Started {
  pid: number;
  stdout: Readable;
  stderr: Readable;
  /**
   * Settles when the process has ended and its output is read to the end. `exitCode` is the program's, 128 or more for a signal; null when
   * the program never ran, or its walls were torn down around it: then `tornBy` is the signal that did so.
   */
  ended: Promise<Ending>;
}

export interface Ending {
  exitCode: number | null;
  tornBy: NodeJS.Signals | null;
}

const SECCOMP_FD = 3;
const STATUS_FD = 4;

/** @throws Error when no process could be started */
export async function startProgram(machine: Machine, start: Start): Promise<Started> {
  const { tools } = machine;
  const before = enterCommand({ ...start.enter, setpriv: tools.setpriv, prlimit: tools.prlimit });
  const node = [...nodeArguments(start.memoryMb), ...start.program];
  return tools.bubblewrap
    ? startInside(machine, tools.bubblewrap, start, { before, node })
    : startOpenly(machine, start, { before, node });
}

interface Words {
  /** Words before the sandbox's own command. */
  before: readonly string[];
  /** Arguments of Node. */
  node: readonly string[];
}

async function startInside(machine: Machine, bubblewrap: Bubblewrap, start: Start, { before, node }: Words): Promise<Started> {
  const { tools } = machine;
  const view = {
    node: tools.node,
    kafkajs: tools.kafkajs,
    libraries: bubblewrap.libraries,
    files: start.directory.files,
    sockets: start.sockets,
    seccompFd: SECCOMP_FD,
    statusFd: STATUS_FD,
  };
  // Each bubblewrap reads the file to its end, so each needs it opened anew.
  const seccomp = openSync(bubblewrap.seccompFile, 'r');
  try {
    const child = spawn(tools.shell, [...before, bubblewrap.command, ...bubblewrapArguments(view), INSIDE.node, ...node], {
      // Otherwise the shell would reveal the server's folder to bubblewrap, whose environment a program can read.
      cwd: '/',
      // Through the environment, not `--setenv`: every user of a machine can read a command line, and these hold credentials.
      env: { PATH: '/usr/bin', HOME: INSIDE.home, ...start.env },
      stdio: withoutInherited(['ignore', 'pipe', 'pipe', seccomp, 'pipe'], machine.inherited),
      detached: true,
    });
    const status = child.stdio[STATUS_FD];
    if (!(status instanceof Readable)) throw new Error('the pipe for the status of bubblewrap is missing');
    const report = text(status);
    return { ...(await outputs(child)), ended: closed(child).then(async ({ signal }) => reportedEnding(await report, signal)) };
  } finally {
    closeSync(seccomp);
  }
}

async function startOpenly(machine: Machine, start: Start, { before, node }: Words): Promise<Started> {
  const { tools } = machine;
  const { path } = start.directory;
  const child = spawn(tools.shell, [...before, tools.node, ...permissionArguments(path), ...node], {
    cwd: path,
    env: { PATH: '/usr/bin:/bin', HOME: path, ...start.env },
    stdio: withoutInherited(['ignore', 'pipe', 'pipe'], machine.inherited),
    detached: true,
  });
  const ended = closed(child).then(({ exitCode, signal }) => {
    return { exitCode: exitCode ?? (signal ? 128 + constants.signals[signal] : null), tornBy: null };
  });
  return { ...(await outputs(child)), ended };
}

async function outputs(child: ChildProcess): Promise<Omit<Started, 'ended'>> {
  if (child.pid === undefined) await once(child, 'spawn');
  if (child.pid === undefined || child.stdout === null || child.stderr === null)
    throw new Error('a started process has no output');
  return { pid: child.pid, stdout: child.stdout, stderr: child.stderr };
}

interface Closed {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

async function closed(child: ChildProcess): Promise<Closed> {
  const { promise, resolve } = Promise.withResolvers<Closed>();
  child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  return promise;
}

/**
 * Reads what bubblewrap reported: one JSON object per line, with `child-pid` when its walls stand and with `exit-code` when the program
 * has ended. It is out of the program's sight.
 */
function reportedEnding(report: string, signal: NodeJS.Signals | null): Ending {
  const [, exitCode] = /"exit-code": (\d+)/.exec(report) ?? [];
  if (exitCode !== undefined) return { exitCode: Number(exitCode), tornBy: null };
  return { exitCode: null, tornBy: report.includes('"child-pid"') ? signal : null };
}
