import { bareProgram } from './bare-program.ts';
import type { BenchStack } from './stack.ts';
import { compare } from './statistics.ts';

const COUNT = 25;
const FILES = { 'main.ts': "console.log('hello');\n" };

/** A program that prints one line, spawn to exit: in a workspace against bare `node main.ts`, alternately, in ms. */
export async function benchSpawn({ stack, config }: BenchStack) {
  await using workspace = await stack.provider.openWorkspace({ reach: { kafka: stack.broker.endpoint } });
  using bare = bareProgram(FILES);
  const boxed = () =>
    workspace.run({ files: FILES, entry: 'main.ts' }, { limits: config.limits.program, onOutput: () => undefined });
  return { isolation: stack.provider.isolation, aimRatio: 1.35, ...(await compare(COUNT, boxed, () => bare.run())) };
}
