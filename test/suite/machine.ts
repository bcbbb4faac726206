import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { runDoctor } from '#sandbox/commands/doctor/doctor.ts';
import type { DoctorLine } from '#sandbox/commands/doctor/line.ts';
import type { Config } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { installPackages } from '#sandbox/host/install-packages.ts';
import type { MachinePackage } from '#sandbox/host/machine-packages.ts';
import { runTool } from './tool.ts';

/** Why suites must be left out here; null where a suite can run. */
export interface Lacks {
  kafka: string | null;
  flink: string | null;
  browser: string | null;
}

/** What the suites need in addition to what a start needs, by the command that shows whether it is there. */
const NEEDED: [string, MachinePackage][] = [
  ['bwrap', 'bubblewrap'],
  ['setpriv', 'setpriv'],
  ['mvn', 'maven'],
  ['pip3', 'java'],
  ['chromium', 'chromium'],
  ['mmdebstrap', 'mmdebstrap'],
];
const ENGINE: [string, MachinePackage][] = [
  ['dockerd', 'docker'],
  ['iptables', 'iptables'],
  ['ip', 'ip'],
];

/** Installs what the suites need, with what an engine of the tests' own is started from unless one answers; elsewhere prints the command. */
export async function prepareForTests(config: Config, hasEngine: boolean): Promise<void> {
  const { path: searchPath, toolEnvironment: environment, mayInstall } = config;
  const needed = [...NEEDED, ...(hasEngine ? [] : ENGINE)];
  const lacking = needed.filter(([command]) => findCommand(command, searchPath) === null).map(([, name]) => name);
  await installPackages(lacking, { searchPath, environment, mayInstall, isRoot: process.getuid?.() === 0, say: console.error });
}

/** What this machine cannot run, after trying to get a browser. */
export async function lacksOf(config: Config): Promise<Lacks> {
  const lines = await runDoctor({ ...config, port: 0 });
  const missing = lines.filter(({ status }) => status === 'missing');
  const kafka = missing.map(told).join('; ') || null;
  const flink = lines.filter(({ what, status }) => what === 'Flink' && status !== 'ok').map(told)[0] ?? null;
  const browser = (await hasBrowser(config))
    ? null
    : 'no Chromium (mend: apt-get install chromium, or npx playwright-core install chromium)';
  return { kafka, flink, browser };
}

function told({ what, found, mend }: DoctorLine): string {
  return `${what}: ${found} (mend: ${mend})`;
}

async function hasBrowser({ path }: Config): Promise<boolean> {
  const found = () =>
    ['chromium', 'chromium-browser', 'google-chrome'].some((name) => findCommand(name, path)) ||
    existsSync(chromium.executablePath());
  if (found()) return true;
  console.log('Fetching a browser for the tests ...');
  await runTool('playwright-core', ['install', 'chromium']);
  return found();
}
