import { expect, test } from 'vitest';
import { firstCycle, folderOf, type Graph, roomGraph, roomOf } from './graph.ts';

const graph = (edges: Record<string, string[]>): Graph => new Map(Object.entries(edges).map(([node, to]) => [node, new Set(to)]));

test('finds a cycle and names it, wherever it begins', () => {
  expect(firstCycle(graph({ a: ['b'], b: ['c'], c: ['d', 'b'], d: [] }))).toEqual(['b', 'c', 'b']);
  expect(firstCycle(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toBeNull();
});

test('reports two folders that import each other as a cycle, though no two files do', () => {
  const files = graph({
    'sandbox/a/one.ts': ['sandbox/b/one.ts'],
    'sandbox/b/two.ts': ['sandbox/a/two.ts'],
    'sandbox/a/two.ts': [],
    'sandbox/b/one.ts': [],
  });
  expect(firstCycle(files)).toBeNull();
  expect(firstCycle(roomGraph(files, folderOf))).toEqual(['sandbox/a', 'sandbox/b', 'sandbox/a']);
});

test('treats a folder and its subfolders as different folders of one room', () => {
  expect(folderOf('sandbox/grading/kit/api.ts')).toBe('sandbox/grading/kit');
  expect(roomOf('sandbox/grading/kit/api.ts')).toBe('sandbox/grading');
  expect([folderOf('sandbox/errors.ts'), roomOf('sandbox/errors.ts')]).toEqual(['sandbox/errors.ts', 'sandbox/errors.ts']);
});
