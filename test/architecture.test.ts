import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GRADER_ENTRY } from '#sandbox/grading/grader-process.ts';
import { importClosure } from '#sandbox/host/import-closure.ts';
import { firstCycle, folderOf, roomGraph, roomOf } from './architecture/graph.ts';
import { importsOf, PROJECT, sourceFiles } from './architecture/imports.ts';
import { RULES } from './architecture/rules.ts';

const files = sourceFiles();
const graph = new Map(files.map((file) => [file, new Set(importsOf(file).filter((target) => files.includes(target)))]));

describe('imports go in one direction', () => {
  for (const { why, from, never, only } of RULES) {
    test(why, () => {
      const wrong = files
        .filter((file) => from.test(file))
        .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
        .filter(({ target }) => never?.test(target) || (only && !only.test(target)));
      expect(wrong).toEqual([]);
    });
  }

  test("the judge's process loads no code of the server", async () => {
    const { files: loaded } = await importClosure([GRADER_ENTRY], (path) => readFile(path, 'utf8'));
    const rooms = [...loaded.keys()].map((path) => relative(PROJECT, path).replaceAll('\\', '/'));
    expect(rooms).toContain('sandbox/grading/judge/ipc.ts');
    const allowed =
      /^(lessons\/(counted|ending-signal)\.ts$|sandbox\/(errors\.ts$|(grading\/(kit|judge)|generators|protocol|services\/kafka\/client)\/))/;
    expect(rooms.filter((file) => !allowed.test(file))).toEqual([]);
  });

  test('each rule names existing files, and no missing folder', () => {
    expect(RULES.filter(({ from }) => !files.some((file) => from.test(file))).map(({ why }) => why)).toEqual([]);
    const folders = readdirSync(join(PROJECT, 'sandbox'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rooms = folders.map(({ name }) => name);
    const unknown = RULES.flatMap(({ rooms: named }) => named ?? []).filter((name) => !rooms.includes(name));
    expect(unknown).toEqual([]);
  });

  test('no file, folder or room is part of an import cycle', () => {
    expect(firstCycle(graph)).toBeNull();
    expect(firstCycle(roomGraph(graph, folderOf))).toBeNull();
    expect(firstCycle(roomGraph(graph, roomOf))).toBeNull();
  });
});

test('only the entries, the configuration and the errors are directly in sandbox/', () => {
  const loose = readdirSync(join(PROJECT, 'sandbox'), { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(loose.map(({ name }) => name).sort()).toEqual(['cli.ts', 'config.ts', 'errors.ts', 'main.ts', 'setup.mjs']);
});

test("a room imports only rooms of its own row in the README's table, or of rows below", () => {
  const rows = readFileSync(join(PROJECT, 'README.md'), 'utf8').matchAll(/^\| ((?:`[a-z]+\/`(?:, )?)+) \|/gm);
  const order = [...rows].map(([, names = '']) => [...names.matchAll(/[a-z]+/g)].map(([name]) => `sandbox/${name}`));
  const levels = new Map(order.flatMap((names, level) => names.map((name) => [name, level] as const)));
  const folders = readdirSync(join(PROJECT, 'sandbox'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => `sandbox/${name}`).filter((room) => !levels.has(room))).toEqual([]);
  const isAbove = (target: string, room: string) => (levels.get(target) ?? Infinity) < (levels.get(room) ?? -1);
  const upward = [...roomGraph(graph, roomOf)].flatMap(([room, targets]) =>
    [...targets].filter((target) => isAbove(target, room)).map((target) => `${room} -> ${target}`),
  );
  expect(upward).toEqual([]);
});

test('the site imports only types from the server', () => {
  const values = files
    .filter((file) => file.startsWith('site/src/'))
    .flatMap((file) =>
      [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/^import (?!type\b)[^;]*?from '#?[./]*sandbox\/[^']+'/gm)].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
  expect(values).toEqual([]);
});

test('only config.ts reads the environment', () => {
  const readers = files
    .filter((file) => file.startsWith('sandbox/') && file !== 'sandbox/config.ts')
    .filter((file) => /process\.env\b/.test(stripStrings(readFileSync(join(PROJECT, file), 'utf8'))));
  expect(readers).toEqual([]);
});

test('no file has more than 300 lines', () => {
  const long = files
    .map((file) => [file, readFileSync(join(PROJECT, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

function stripStrings(source: string): string {
  return source.replace(/`[^`]*`|'[^'\n]*'|\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
