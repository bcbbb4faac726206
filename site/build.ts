/**
 * Builds the site into `site/dist`: pages, `.br` and `.gz` next to every compressible file, `headers.json` with the content security policy.
 * A failed build leaves the last one in place.
 */
import { fork } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { hashInputs } from './publish/input-hash.ts';
import { provenLessons } from './publish/proven-lessons.ts';

const SITE_DIR = import.meta.dirname;
const LESSONS_DIR = join(SITE_DIR, '../lessons');
const DIST_DIR = join(SITE_DIR, 'dist');
const STAMP = '.inputs-hash';

/** Called with each step of a build as it starts: `building the pages`. */
export type OnProgress = (message: string) => void;

/**
 * Builds the site when any of its inputs has changed.
 *
 * Runs in a separate process, so the caller keeps none of its memory.
 *
 * @returns `unchanged` when the last build is still current
 * @throws Error with Astro's message and the file that it names
 */
export async function buildSite({
  onProgress,
  signal,
}: {
  onProgress: OnProgress;
  signal?: AbortSignal;
}): Promise<'built' | 'unchanged'> {
  // Of graders and wrong programs, pages show only whether they are proven.
  const proven = JSON.stringify(await provenLessons(LESSONS_DIR));
  const inputs = `${hashInputs(join(SITE_DIR, '..'))} ${proven}`;
  if ((await readStamp()) === inputs) return 'unchanged';

  await removeLeftovers();
  const aside = join(SITE_DIR, '.astro', `dist-${process.pid}`);
  try {
    await mkdir(aside, { recursive: true });
    await publish(aside, { onProgress, signal });
    await writeFile(join(aside, STAMP), inputs);
    await swapIn(aside);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return 'built';
}

async function readStamp(): Promise<string | null> {
  return await readFile(join(DIST_DIR, STAMP), 'utf8').catch(() => null);
}

function publish(
  outDir: string,
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal | undefined },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = fork(join(SITE_DIR, 'publish', 'main.ts'), [outDir, DIST_DIR], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal,
    // Always set: pages built by a test runner would otherwise carry the development build of React.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  child.on('message', (message) => onProgress(String(message)));
  child.on('error', reject);
  child.on('close', (code, ended) => {
    if (code === 0) return resolve();
    // Stack traces point into the bundle, which does not help an author.
    const reason = stripVTControlCharacters(said)
      .replaceAll(/^\s+at .*\n?/gm, '')
      .trim();
    reject(new Error(`The site could not be built (${ended ?? `exit code ${code}`}). The last build stays in place.\n${reason}`));
  });
  return promise;
}

async function swapIn(aside: string): Promise<void> {
  const old = `${aside}-old`;
  await rename(DIST_DIR, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(aside, DIST_DIR);
  await rm(old, { recursive: true, force: true });
}

/** Removes the leftovers of killed builds. */
async function removeLeftovers(): Promise<void> {
  for (const dir of globSync(join(SITE_DIR, '.astro', 'dist-*'))) {
    const pid = Number(/^dist-(\d+)/.exec(basename(dir))?.[1]);
    if (!isRunning(pid)) await rm(dir, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  try {
    const outcome = await buildSite({ onProgress: (message) => console.log(message) });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(outcome === 'built' ? `site built in ${seconds} s` : 'site unchanged since the last build');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
