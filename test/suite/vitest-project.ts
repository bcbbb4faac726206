import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';

export interface Count {
  passed: number;
  failed: number;
  /** Titles of the tests that were left out. */
  leftOut: string[];
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Runs one of the projects of vitest.config.ts, its output on the terminal, and counts its tests. */
export async function runVitestProject(project: string, options: ToolOptions = {}): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwright-report-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const exitCode = await runTool('vitest', ['run', '--project', project, ...reporters], options);
    const count = countTests(await readFile(file, 'utf8').catch(() => '{"testResults":[]}'));
    // A broken set-up fails no test, yet nothing may pass by it.
    return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface ToolOptions {
  /** Added to our own environment. */
  environment?: Readonly<Record<string, string>>;
  /** Ends it. */
  signal?: AbortSignal | undefined;
}

/** Runs Node or a command of the project's packages on the terminal and gives its exit code. */
export async function runTool(name: string, args: readonly string[], options: ToolOptions = {}): Promise<number> {
  const { environment, signal } = options;
  if (signal?.aborted) return 1;
  const command = name === 'node' ? process.execPath : join(PROJECT_DIR, 'node_modules/.bin', name);
  const child = spawn(command, args, {
    cwd: PROJECT_DIR,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  const [exitCode] = await once(child, 'close');
  signal?.removeEventListener('abort', end);
  return exitCode ?? 1;
}

/** Counts the tests of a report of vitest's JSON reporter. A file that could not be loaded counts as one failed test. */
export function countTests(report: string): Count {
  const files = reportSchema.parse(JSON.parse(report)).testResults;
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const having = (...statuses: string[]) => tests.filter(({ status }) => statuses.includes(status));
  const failed = having('failed').length;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  return {
    passed: having('passed').length,
    failed: failed + brokenFiles.length,
    leftOut: having('skipped', 'pending', 'disabled', 'todo').map(({ fullName }) => fullName),
  };
}
