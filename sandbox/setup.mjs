/**
 * Installs the locked packages when the lock file has changed since the last time. Runs before every npm script, on whatever Node the
 * machine has, so it uses nothing but Node itself; the script after it runs on the Node that the packages bring.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(project, 'node_modules', '.streamwright-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(project, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing the locked packages (about a minute the first time) ...');
  const npm = process.env.npm_execpath;
  // The engine warnings are about the outer Node; the scripts run on the pinned one.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: project, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: project, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(
      'npm ci failed. Hint: see the lines above; without internet access, set a registry mirror with `npm config set registry`.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
