import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { proveCommand } from '#sandbox/commands/prove-command.ts';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';

/** The grader passes any program, so its one mutant survives. Inside the project, because the grader imports the kit. */
let lessonsDir = '';
let lesson = '';
beforeAll(async () => {
  await mkdir(join(PROJECT_DIR, '.streamwright'), { recursive: true });
  lessonsDir = await mkdtemp(join(PROJECT_DIR, '.streamwright/lessons-'));
  lesson = join(lessonsDir, '01-log/01-append');
  await cp(join(PROJECT_DIR, 'lessons/01-log/module.yaml'), join(lessonsDir, '01-log/module.yaml'));
  await cp(join(PROJECT_DIR, 'lessons/01-log/01-append/index.mdx'), join(lesson, 'index.mdx'));
  await cp(join(PROJECT_DIR, 'test/fixtures/graders/passes.ts'), join(lesson, 'grader.ts'));
  for (const folder of ['starter', 'solution']) await mkdir(join(lesson, folder));
  await writeFile(join(lesson, 'starter/main.ts'), '');
  await writeFile(join(lesson, 'solution/main.ts'), 'export {};\nprocess.title;\n');
  await writeExercise({});
});
afterAll(() => rm(lessonsDir, { recursive: true, force: true }));

const writeExercise = (equivalent: Record<string, string>) =>
  writeFile(
    join(lesson, 'exercise.yaml'),
    stringify({
      ...{ language: 'ts', files: ['main.ts'], services: ['kafka'], topics: { orders: {} }, rounds: 1 },
      inputs: { orders: { generator: 'orders', count: 3, as: 'module' } },
      ...{ checks: { stored: 'Stored', ends: 'Ends' }, wrong: {}, equivalent, hints: ['1', '2', '3'] },
    }),
  );

test('a survivor fails the proof until the lesson explains it, and one that does not exist is reported', {
  timeout: 180_000,
}, async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const id = 'drop-statement 2: process.title;';
  const prove = () => {
    const config = { ...readConfig(), lessonsDir, userDir: lessonsDir };
    return proveCommand(['--mutants', '--json', 'mutants.json'], { config, signal: new AbortController().signal });
  };
  const verdict = async () => JSON.parse(await readFile(join(lessonsDir, 'mutants.json'), 'utf8'))[0];

  expect(await prove()).toBe(1);
  expect(await verdict()).toMatchObject({ lesson: 'log/append', mutants: 1, killed: 0, unexplained: [{ id }] });
  expect(errors).toHaveBeenCalledWith(expect.stringContaining(`no check fails for "${id}"\n- process.title;`));

  await writeExercise({ [id]: 'It reads a title and does nothing with it.' });
  expect(await prove()).toBe(0);
  expect(await verdict()).toMatchObject({ equivalent: 1, unexplained: [], stale: [], held: true });

  await writeExercise({ [id]: 'It does nothing.', 'drop-statement 3: x;': 'It does nothing.' });
  expect(await prove()).toBe(1);
  expect(await verdict()).toMatchObject({ stale: [{ id: 'drop-statement 3: x;' }], held: false });
});
