import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';

/** A folder with a program as a learner would have it on a laptop: its files and kafkajs, nothing around it. */
export function bareProgram(files: Readonly<Record<string, string>>) {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-bare-'));
  const all = { 'package.json': '{"type":"module"}', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(join(PROJECT_DIR, 'node_modules/kafkajs'), join(dir, 'node_modules/kafkajs'));
  return {
    /** `node main.ts` to its end. @throws Error when it does not exit with 0 */
    async run(env: Readonly<Record<string, string>> = {}): Promise<void> {
      const child = spawn(process.execPath, ['main.ts'], {
        cwd: dir,
        env: { PATH: '/usr/bin', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.resume();
      child.stderr.resume();
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`node main.ts ended with ${code}`);
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}
