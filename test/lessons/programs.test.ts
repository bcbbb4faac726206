import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '#lessons/diagnoses.ts';
import { glossary } from '#lessons/glossary.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { defaultPartition, murmur2 } from '#sandbox/generators/partitioner.ts';
import { drawRound } from '#sandbox/generators/round.ts';
import { programFiles } from '#sandbox/languages/typescript/program-files.ts';
import { unprovenChecks } from '#sandbox/proof/rules.ts';
import { subjectsOf } from '#sandbox/proof/subjects.ts';

const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const lessons = catalog.modules.flatMap((module) => module.lessons);
const exercises = lessons.flatMap(({ exercise }) => exercise ?? []);

const programs = exercises.filter(({ spec }) => spec.language === 'ts');

test.each(programs.map((exercise) => [exercise.lesson, exercise] as const))(
  'the programs of %s, and its cluster.ts, have no type errors in a strict project',
  { timeout: 120_000 },
  async (_, exercise) => {
    const dir = await mkdtemp(join(tmpdir(), 'streamwright-types-'));
    await symlink(join(PROJECT_DIR, 'node_modules'), join(dir, 'node_modules'));
    await writeFile(join(dir, 'package.json'), '{"type":"module"}');
    const kept = programFiles(exercise, {}, drawRound(exercise.spec, 1));
    for (const [name, text] of Object.entries(kept)) await writeFile(join(dir, name), text);
    const subjects = (await subjectsOf(exercise)).filter(
      ({ kind, name }) => kind !== 'empty' && name !== 'wrong/replayed-sample.ts',
    );
    const entries: string[] = [];
    for (const { name, files } of subjects) {
      const file = join(dir, `${name.replaceAll(/[/.]/g, '-')}.ts`);
      await writeFile(file, files['main.ts'] ?? '');
      entries.push(file);
    }
    const problems = typeErrors(entries);
    await rm(dir, { recursive: true });
    expect(problems).toEqual([]);
  },
);

function typeErrors(files: string[]): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    noUncheckedIndexedAccess: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(PROJECT_DIR, 'node_modules/@types')],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('the text of a lesson', () => {
  test.each(lessons.map(({ id }) => id))('of %s links only terms in the glossary', async (id) => {
    const text = await textOf(id);
    const terms = [...text.matchAll(/<Term name="([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(terms.length).toBeGreaterThan(0);
    expect(terms.filter((name) => !(name in glossary))).toEqual([]);
  });

  test("of log/keys shows the partitions that Kafka's partitioner chooses", async () => {
    const rows = [...(await textOf('log/keys')).matchAll(/^\| (driver-\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)];
    expect(rows.length).toBe(3);
    for (const [, key = '', hash, of3, of4] of rows) {
      const placed = [murmur2(Buffer.from(key)) & 0x7fffffff, defaultPartition(key, 3), defaultPartition(key, 4)];
      expect([hash, of3, of4].map(Number)).toEqual(placed);
    }
  });

  const textOf = (id: string) => readFile(join(catalog.exercise(id).dir, 'index.mdx'), 'utf8');
});

test('every diagnosis is named by a wrong program, so that its page describes a real result', () => {
  const named = new Set(exercises.flatMap(({ spec }) => Object.values(spec.wrong).map(({ diagnosis }) => diagnosis)));
  expect(Object.keys(diagnoses).filter((name) => !named.has(name))).toEqual([]);
});

test.each(exercises.map((exercise) => [exercise.lesson, exercise] as const))(
  'every check of %s has a wrong program that fails it',
  (_, exercise) => {
    expect(unprovenChecks(exercise)).toEqual([]);
  },
);
