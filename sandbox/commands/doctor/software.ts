import { findJava, MIN_JAVA } from '#sandbox/artifacts/find-java.ts';
import { fetchedJava, findPip } from '#sandbox/artifacts/java.ts';
import type { Config } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { installCommand } from '#sandbox/host/machine-packages.ts';
import type { ServiceDefinition } from '#sandbox/services/service/definition.ts';
import type { DoctorLine } from './line.ts';

/** The version in `engines` of package.json. */
const NODE_MAJOR = 22;
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Checks the Node that runs this. */
export function node(): DoctorLine {
  const what = 'Node';
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= NODE_MAJOR) return { what, status: 'ok', found: `${process.version} at ${process.execPath}` };
  return {
    what,
    status: 'missing',
    found: process.version,
    mend: `run it through npm (\`npm start\`), or install Node ${NODE_MAJOR}`,
  };
}

/** Checks for a Java on this machine, or for pip to fetch one. */
export function java(config: Config): DoctorLine {
  const what = 'Java';
  const found = findJava({ javaHome: config.javaHome, searchPath: config.path }) ?? fetchedJava(config.home);
  if (found) return { what, status: 'ok', found: `${found.version} at ${found.command}` };
  if (findPip(config.path))
    return { what, status: 'ok', found: `none of version ${MIN_JAVA} or newer; the first start fetches one with pip` };
  const mend = installCommand(['java'], config.path);
  return { what, status: 'missing', found: `none of version ${MIN_JAVA} or newer, and no pip to fetch one`, mend };
}

/** Checks a service's software, or whether it can be fetched. */
export async function fetched({ home, path }: Config, service: ServiceDefinition): Promise<DoctorLine> {
  const { title: what, neededBy } = service;
  const { folder, present } = await service.fetched(home);
  if (present) return { what, status: 'ok', found: folder };
  const { command, title, installs } = service.fetchedBy;
  const when = neededBy === 'every start' ? 'the first start' : 'the first lesson that needs it';
  if (findCommand(command, path)) return { what, status: 'ok', found: `not fetched yet; ${when} fetches it with ${title}` };
  return {
    what,
    // Without a service that only some lessons need, the rest still run.
    status: neededBy === 'every start' ? 'missing' : 'weak',
    found: `not fetched yet, and no ${title} (${command}) to fetch it`,
    mend: installCommand([installs], path),
  };
}

/** Checks for pip, which fetches Java where there is none. */
export function pip(config: Config): DoctorLine {
  const what = 'pip';
  if (findPip(config.path)) return { what, status: 'ok', found: 'installed' };
  return {
    what,
    status: 'weak',
    found: 'not installed; only needed where Java is missing',
    mend: installCommand(['java'], config.path),
  };
}

/** Checks for a browser for the tests. */
export function browser(config: Config): DoctorLine {
  const what = 'Browser';
  const found = CHROMIUM.map((name) => findCommand(name, config.path)).find((path) => path !== null);
  if (found) return { what, status: 'ok', found };
  return {
    what,
    status: 'weak',
    found: 'no Chromium; only tests need one',
    mend: `${installCommand(['chromium'], config.path)}, or npx playwright-core install chromium`,
  };
}
