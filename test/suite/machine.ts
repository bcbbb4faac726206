import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { runDoctor } from '#sandbox/commands/doctor/doctor.ts';
import type { DoctorLine } from '#sandbox/commands/doctor/line.ts';
import type { Config } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { runTool } from './tool.ts';

/** Why suites must be left out here; null where a suite can run. */
export interface Lacks {
  kafka: string | null;
  flink: string | null;
  browser: string | null;
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
