/**
 * Installs the locked packages when the lock file has changed since the last time. Runs before every npm script, on whatever Node the
 * machine has, so it uses nothing but Node itself; the script after it runs on the Node that the packages bring.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest Node that runs TypeScript as it is. */
const NODE = [22, 22];
/** Whatever the user's own settings are, all of the lock is installed, and into the project. Registry, proxy, certificates and keys stay. */
const SETTINGS = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  // The outer Node installs; the scripts run on the pinned one.
  '--engine-strict=false',
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--global=false',
  '--location=project',
  '--dry-run=false',
  '--package-lock=true',
  '--package-lock-only=false',
  '--bin-links=true',
  '--install-strategy=hoisted',
  '--legacy-peer-deps=false',
  '--strict-peer-deps=false',
  '--workspaces=false',
  '--json=false',
];

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(project, 'node_modules', '.streamwright-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(project, 'package-lock.json')))
  .digest('hex');

// No command is found below a folder whose name has a colon, for PATH takes it as an end; the rest are what Vite takes for syntax.
const [sign] = /[:"#%*?]/.exec(project) ?? [];
if (sign && process.platform !== 'win32') {
  fail(`Streamwright cannot be built in ${project}: some tools take the ${sign} in its path for syntax.`, 'rename that folder.');
}
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing the locked packages (about a minute the first time) ...');
  const npm = process.env.npm_execpath;
  const options = { cwd: project, stdio: ['ignore', 2, 2] };
  const args = ['ci', ...SETTINGS];
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0) {
    fail(
      'npm ci failed.',
      'see the lines above; without internet access, set a registry mirror with `npm config set registry`, or a proxy with HTTPS_PROXY.',
    );
  }
  refuseOldNode();
  writeFileSync(stamp, lock);
}

/** The packages bring a Node for Linux with glibc only. */
function refuseOldNode() {
  const pinned = join(project, 'node_modules', '.bin', 'node');
  const { stdout } = spawnSync(existsSync(pinned) ? pinned : process.execPath, ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (stdout ?? '').replace('v', '').split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  fail(
    `The packages bring no Node that runs on this machine, and ${process.version} does not run TypeScript.`,
    `install Node ${NODE.join('.')} or newer.`,
  );
}

function fail(message, hint) {
  console.error(`${message} Hint: ${hint}`);
  process.exit(1);
}
