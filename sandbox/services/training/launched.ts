import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Launch } from '#sandbox/providers/provider.ts';

const KEPT_LINES = 40;

/** A command that runs, and what it says. */
export interface Launched {
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
  terminate(): void;
  /** Waits for a text in its output. @throws Error with the last lines when it does not come in time, or the process ends before */
  said(text: string, limitMs: number): Promise<void>;
  lastLines(): string;
}

/** Writes a launch's files below `dir` and starts its command, with `flags` before its own arguments. */
export async function launch(
  { command: [program, ...args], env = {}, files = {} }: Launch,
  { dir, flags = [] }: { dir: string; flags?: readonly string[] },
): Promise<Launched> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  const child = spawn(program, [...flags, ...args], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const awaited = new Map<string, () => void>();
  const heard = new Set<string>();
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      for (const [text, tell] of awaited) {
        if (!line.includes(text)) continue;
        heard.add(text);
        tell();
      }
    });
  }
  const ended = once(child, 'close').then(([exitCode]) => (typeof exitCode === 'number' ? exitCode : null));
  const lastLines = () => lines.join('\n');
  return {
    ended,
    terminate: () => void child.kill('SIGTERM'),
    lastLines,
    async said(text, limitMs) {
      const told = Promise.withResolvers<string>();
      awaited.set(text, () => told.resolve('said'));
      const timer = setTimeout(() => told.resolve(`did not say it within ${limitMs} ms`), limitMs);
      const outcome = await Promise.race([told.promise, ended.then(() => 'ended before')]);
      clearTimeout(timer);
      if (!heard.has(text)) throw new Error(`"${text}" was awaited of ${program}, which ${outcome}:\n${lastLines()}`);
    },
  };
}
