import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolOptions } from './tool.ts';
import { type Count, countTests } from './vitest-report.ts';

/** Runs one of the projects of vitest.config.ts and counts its tests. */
export async function runVitestProject(project: string, options: ToolOptions): Promise<Count> {
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
