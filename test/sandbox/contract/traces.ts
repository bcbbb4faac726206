import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Contract } from '../provider-contract.ts';
import { processesWith } from '../providers/process/host-processes.ts';
import { type RunTextOptions, runText } from '../providers/run-text.ts';
import { children, onceUp } from './children.ts';

const LOOK = `import fs from 'node:fs';
  const names = ['/tmp', '/workspace', '/dev/shm'].flatMap((folder) => fs.readdirSync(folder, { recursive: true }).map(String));
  console.log(JSON.stringify(names.filter((name) => !/^(main\\.ts|package\\.json|node_modules.*)$/.test(name))));`;

/** What is left of a program, and what other programs see of it. */
export function traceCases(contract: Contract): void {
  test('detached children have ended when the run has, however it ended', async () => {
    const FOREVER = 'setInterval(() => {}, 1000)';
    const run = async (ending: string, { isStopped = false, ...options }: RunTextOptions & { isStopped?: boolean } = {}) => {
      const marker = randomUUID();
      const childrenOnHost = () => processesWith(`/*${marker}*/ `).length;
      const stop = new AbortController();
      let during = 0;
      const text = `${children(2, marker, '{ detached: true, stdio: "ignore" }')} ${onceUp(2, marker, ending)}`;
      const { result } = await contract.run(text, {
        ...options,
        signal: stop.signal,
        onOutput: () => {
          during = childrenOnHost();
          if (isStopped) stop.abort();
        },
      });
      return { kind: result.kind, during, after: childrenOnHost() };
    };
    expect(await run('process.exit(0)')).toMatchObject({ kind: 'exited', after: 0 });
    expect(await run(FOREVER, { isStopped: true })).toEqual({ kind: 'cancelled', during: 2, after: 0 });
    expect(await run(FOREVER, { limits: { timeMs: 4000 } })).toMatchObject({ kind: 'timed-out', after: 0 });
  });

  test('a child that keeps the output open does not delay the end', async () => {
    const text = `${children(1, 'holder', '{ detached: true, stdio: "inherit" }')} setTimeout(() => process.exit(0), 300);`;
    const { result } = await contract.run(text);
    expect(result).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('a run leaves nothing to the next one, under any name and with any permissions', async () => {
    const litter = `import fs from 'node:fs';
      for (const folder of ['/tmp', '/workspace', '/dev/shm']) {
        process.chdir(folder);
        fs.mkdirSync('closed/in/side', { recursive: true }); fs.writeFileSync('closed/in/side/file', 'x', { mode: 0 });
        fs.chmodSync('closed/in', 0); fs.chmodSync('closed', 0);
        for (const name of ['-rf', '\\n', '*', 'ü', ' ', 'n'.repeat(255)]) fs.writeFileSync(name, 'x');
        fs.symlinkSync('/etc', 'etc'); fs.symlinkSync('/', 'root'); fs.linkSync('*', 'hard');
      }
      process.chdir('/tmp'); for (let depth = 0; depth < 300; depth++) { fs.mkdirSync('deep'); process.chdir('deep'); }
      console.log('made');`;
    expect((await contract.run(litter, { files: { 'lib/word.ts': '' } })).stdout).toBe('made\n');
    expect((await contract.run(LOOK)).stdout).toBe('[]\n');
    expect(contract.workspace.broken()).toBe(false);
  });

  test('a program cannot change its own files or kafkajs, but may create others next to them', async () => {
    const text = `import fs from 'node:fs';
      const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
      console.log(attempt(() => fs.writeFileSync('notes.txt', 'mine')));
      for (const name of ['main.ts', 'lib/word.ts', 'package.json', 'node_modules/kafkajs/index.js']) {
        console.log(attempt(() => fs.writeFileSync(name, '')), attempt(() => fs.chmodSync(name, 0o777)), attempt(() => fs.unlinkSync(name)));
      }
      console.log(fs.readFileSync('lib/word.ts', 'utf8'));`;
    const { stdout } = await contract.run(text, { files: { 'lib/word.ts': 'the word' } });
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toBe('ok');
    for (const line of lines.slice(1, 5)) expect(line).toMatch(/^((EROFS|EACCES|EPERM|EBUSY) ?){3}$/);
    expect(lines[5]).toBe('the word');
  });

  test('a workspace still works after a program that removes and fills all it can', async () => {
    const text = `import fs from 'node:fs';
      for (const folder of ['/workspace', '/tmp', '/usr', '/proc', '/dev']) {
        for (const name of fs.readdirSync(folder)) { try { fs.rmSync(folder + '/' + name, { recursive: true, force: true }); } catch {} }
      }
      for (let i = 0; i < 1e5; i++) { try { fs.writeFileSync('/workspace/f' + i, 'x'); } catch { break; } }
      console.log('tried');`;
    expect((await contract.run(text)).stdout).toBe('tried\n');
    expect((await contract.run(LOOK)).stdout).toBe('[]\n');
  });

  test('two simultaneous workspaces do not see each other', async () => {
    await using other = await contract.provider.openWorkspace({ reach: {} });
    const look = `${LOOK} console.log(fs.readdirSync('/proc').filter((pid) => /^\\d+$/.test(pid)).some((pid) => {
      try { return fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('neighbour-marker'); } catch { return false; }
    }));`;
    const stop = new AbortController();
    const seen: Promise<{ stdout: string }>[] = [];
    const said: string[] = [];
    const busy = `import fs from 'node:fs'; import { spawn } from 'node:child_process';
      fs.writeFileSync('/tmp/mine', '1'); fs.writeFileSync('/workspace/mine', '1');
      spawn(process.execPath, ['-e', '/*neighbour-marker*/ setInterval(() => {}, 1000)']).on('spawn', () => console.log('up'));`;
    await runText(other, busy, {
      signal: stop.signal,
      onOutput: (text) => {
        said.push(text);
        if (said.length === 1) seen.push(contract.run(look).finally(() => stop.abort()));
      },
    });
    expect(said).toEqual(['up\n']);
    expect((await Promise.all(seen)).map(({ stdout }) => stdout)).toEqual(['[]\nfalse\n']);
  });
}
