import { expect, test } from 'vitest';
import type { Contract } from '../provider-contract.ts';
import { runText } from '../providers/run-text.ts';

/** How programs start and end. */
export function endingCases(contract: Contract): void {
  test('a program gets its files, its environment and closed input, and its exit code is returned', async () => {
    const text = `import { word } from './lib/word.ts';
      let input = ''; for await (const piece of process.stdin) input += piece;
      const shape: { word: string } = { word };
      console.log(shape.word, process.env.ROUND, input.length); console.error('oops'); process.exitCode = 3;`;
    const { result, stdout, stderr } = await contract.run(text, {
      files: { 'lib/word.ts': 'export const word = "héllo";' },
      env: { ROUND: '2' },
    });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 3 });
    expect({ stdout, stderr }).toEqual({ stdout: 'héllo 2 0\n', stderr: 'oops\n' });
  });

  test("an uncaught error, a syntax error and a signal end it with a shell's exit codes", async () => {
    expect(await contract.run('throw new Error("x")')).toMatchObject({ result: { kind: 'exited', exitCode: 1 } });
    const broken = await contract.run('const = 1');
    expect(broken.result).toMatchObject({ kind: 'exited', exitCode: 1 });
    expect(broken.stderr).toContain('/workspace/main.ts');
    const killed = await contract.run('process.kill(process.pid, "SIGKILL")');
    expect(killed.result).toMatchObject({ kind: 'exited', exitCode: 137 });
  });

  test('output arrives in the order in which it was written', async () => {
    const { stdout } = await contract.run(`for (let i = 0; i < 500; i++) console.log('line', i);`);
    expect(stdout).toBe(Array.from({ length: 500 }, (_, i) => `line ${i}\n`).join(''));
  });

  test('Stop ends a program that ignores signals, within 3 s', async () => {
    const stop = new AbortController();
    const text = `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
      setInterval(() => {}, 1000); console.log('up');`;
    let stoppedAt = 0;
    const { result } = await contract.run(text, {
      signal: stop.signal,
      onOutput: () => {
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    expect(result.kind).toBe('cancelled');
    expect(performance.now() - stoppedAt).toBeLessThan(3000);
  });

  test('a program that is asked to end gets SIGTERM, its children do not, and its ending is its own', async () => {
    const stop = new AbortController();
    const child = `process.on('SIGTERM', () => console.log('child was asked')); setInterval(() => {}, 1000); console.log('up');`;
    const text = `import { spawn } from 'node:child_process';
      process.once('SIGTERM', () => { console.log('asked'); setTimeout(() => process.exit(7), 200); });
      spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });`;
    const { result, stdout } = await contract.run(text, { stop: stop.signal, onOutput: () => stop.abort() });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 7 });
    expect(stdout).toBe('up\nasked\n');
  });

  test('a program that is asked to end and does not listen ends by SIGTERM', async () => {
    const stop = new AbortController();
    const text = `setInterval(() => {}, 1000); console.log('up');`;
    const { result } = await contract.run(text, { stop: stop.signal, onOutput: () => stop.abort() });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 143 });
  });

  test('a program that was stopped before it started is not started', async () => {
    const { result, stdout } = await contract.run('console.log("ran")', { signal: AbortSignal.abort() });
    expect(result).toEqual({ kind: 'cancelled', durationMs: 0 });
    expect(stdout).toBe('');
  });

  test('a program that is stopped during the clean-up after the previous one ends immediately', async () => {
    await contract.run(`import fs from 'node:fs'; for (let i = 0; i < 500; i++) fs.writeFileSync('/tmp/' + i, '');`);
    const stop = new AbortController();
    const running = contract.run('setInterval(() => {}, 1000)', { signal: stop.signal, limits: { timeMs: 8000 } });
    setImmediate(() => stop.abort());
    const { result } = await running;
    expect(result.kind).toBe('cancelled');
    expect(result.durationMs).toBeLessThan(3000);
  });

  test('closing a workspace ends its program, and closing it again does nothing', async () => {
    const closing = await contract.provider.openWorkspace({ reach: {} });
    const closed: Promise<void>[] = [];
    const running = runText(closing, 'console.log("up"); setInterval(() => {}, 1000)', {
      onOutput: () => void closed.push(Promise.resolve(closing[Symbol.asyncDispose]())),
    });
    expect((await running).result.kind).toBe('cancelled');
    await Promise.all(closed);
    await closing[Symbol.asyncDispose]();
  });

  test('a file name outside the workspace is rejected, and unusual names are kept', async () => {
    for (const name of ['../x.ts', '/x.ts', 'a/../../x.ts']) {
      await expect(contract.run('', { files: { [name]: '' } })).rejects.toThrow(`not a valid file name of a program: ${name}`);
    }
    const odd = { 'a b.ts': '1', 'ü.ts': '2', '-n.ts': '3', "it's.ts": '4', 'deep/er/x.ts': '5', [`${'n'.repeat(200)}.ts`]: '6' };
    const text = `import fs from 'node:fs';
      console.log(JSON.stringify(${JSON.stringify(Object.keys(odd))}.map((name) => fs.readFileSync('/workspace/' + name, 'utf8'))));`;
    const { stdout } = await contract.run(text, { files: odd });
    expect(JSON.parse(stdout)).toEqual(Object.values(odd));
    expect((await contract.run('console.log("fine")')).stdout).toBe('fine\n');
  });

  test('an open workspace is not broken', () => {
    expect(contract.workspace.broken()).toBe(false);
  });
}
