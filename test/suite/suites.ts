/** The suites of `npm test`: what each runs, and what it needs. */
import type { TestEngine } from './engine.ts';
import type { Lacks } from './machine.ts';
import { runTool, type ToolOptions } from './tool.ts';
import { runVitestProject } from './vitest-project.ts';
import { type Count, sum } from './vitest-report.ts';

export interface SuiteContext extends Pick<ToolOptions, 'signal' | 'write'> {
  lacks: Lacks;
  /** The container engine of the tests, started when it is first asked for. */
  engine: () => Promise<TestEngine>;
}

export interface Suite {
  name: string;
  /** It measures the machine: no other suite may run at the same time. */
  alone?: true;
  /** Begins when that suite has ended, if it runs at all. */
  after?: string;
  /** Where it runs nothing for lack of something, it says so in `leftOut`. */
  run(context: SuiteContext): Promise<Count>;
}

/** In the order in which they start: the longest first, so that no lane works at the end while others have nothing to do. */
export const SUITES: readonly Suite[] = [
  { name: 'docker', run: inContainers('docker') },
  { name: 'lint', run: tool('biome', 'ci', '.') },
  { name: 'types', run: tool('tsc') },
  { name: 'site', run: tool('node', 'site/check.ts') },
  { name: 'kafka', run: vitest('kafka', ({ kafka }) => kafka) },
  // Chromium breaks off what it loads when the machine's networks change, as they do with each container.
  { name: 'e2e', after: 'docker', run: vitest('e2e', ({ kafka, browser }) => kafka ?? browser) },
  { name: 'flink', run: vitest('flink', ({ kafka, flink }) => kafka ?? flink) },
  { name: 'unit', run: vitest('unit', () => null) },
  {
    name: 'timed',
    alone: true,
    run: async (context) =>
      sum([await vitest('timed', ({ kafka }) => kafka)(context), await inContainers('timed-docker')(context)]),
  },
];

function tool(name: string, ...args: string[]): Suite['run'] {
  return async ({ signal, write }) => {
    const failed = (await runTool(name, args, { signal, write })) === 0 ? 0 : 1;
    return { passed: 1 - failed, failed, leftOut: [], times: [] };
  };
}

function vitest(project: string, lackOf: (lacks: Lacks) => string | null): Suite['run'] {
  return async ({ lacks, signal, write }) => runUnless(lackOf(lacks), project, { signal, write });
}

function inContainers(project: string): Suite['run'] {
  return async ({ engine, signal, write }) => {
    const { lack, environment } = await engine();
    return runUnless(lack, project, { environment, signal, write });
  };
}

async function runUnless(lack: string | null, project: string, options: ToolOptions): Promise<Count> {
  if (lack !== null)
    return { passed: 0, failed: 0, leftOut: [`the whole suite "${project}", since this machine lacks: ${lack}`], times: [] };
  const count = await runVitestProject(project, options);
  return { ...count, leftOut: count.leftOut.map((title) => `the test "${title}"`) };
}
