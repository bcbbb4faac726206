import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { startProduct } from './product.ts';
import { round } from './statistics.ts';

const LIMIT_MS = 20 * 60_000;

/**
 * Seconds from typing `npm start` in a bare clone of the current commit to a healthy product with a lesson page, for the first and for the
 * second start. The package caches of npm, Maven and pip are as this machine has them.
 */
export async function benchStart() {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-start-'));
  const clone = join(folder, 'clone');
  try {
    execFileSync('git', ['clone', '--quiet', PROJECT_DIR, clone]);
    const start = async () => {
      const from = performance.now();
      const product = await startProduct({ command: ['npm', 'start'], cwd: clone, env: cleanEnvironment(), limitMs: LIMIT_MS });
      const page = await fetch(`${product.url}/lessons/log/append/`);
      const seconds = round((performance.now() - from) / 1000);
      await product.stop();
      if (!page.ok) throw new Error(`the lesson page answered ${page.status}`);
      return seconds;
    };
    return { firstSeconds: await start(), secondSeconds: await start(), aimSecondSeconds: 10 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The clone must run on what a user's shell has: not on this project's Node, nor on settings that npm hands to its scripts.
function cleanEnvironment(): Record<string, string> {
  const path = (process.env.PATH ?? '')
    .split(':')
    .filter((entry) => !entry.includes('node_modules') && !entry.includes('node-gyp-bin'));
  const npm = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(npm_|NODE|INIT_CWD|STREAMWRIGHT)/.test(name))
      .map((name) => [name, undefined]),
  );
  return { ...npm, PATH: path.join(':'), PORT: '0' } as Record<string, string>;
}
