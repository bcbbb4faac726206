import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { MONACO_CUTS, withoutCuts } from '../../site/publish/monaco-cuts.ts';

const source = (path: string) => readFileSync(join(PROJECT_DIR, 'node_modules/monaco-editor/esm/vs', `${path}.js`), 'utf8');

describe.each(Object.entries(MONACO_CUTS))('in place of %s', (path, code) => {
  test('stands what this version of Monaco exports', () => {
    const names = [...code.matchAll(/export (?:class|const) (\w+)/g)].map(([, name]) => name);
    const exported =
      /export \{([^}]*)\}/
        .exec(source(path))?.[1]
        ?.split(/,\s*/)
        .map((name) => name.trim()) ?? [];
    expect(names.filter((name) => !exported.includes(name ?? ''))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });
});

test('the module that makes workers imports no feature, and TypeScript has one worker', () => {
  const workers = withoutCuts('internal/common/workers', source('internal/common/workers')) ?? '';
  expect(workers).toContain('function createWebWorker');
  expect(workers).not.toMatch(/contrib|quickAccess/);
  const manager = 'languages/features/typescript/workerManager';
  expect(withoutCuts(manager, source(manager))).not.toContain('new Worker');
});

test('a version of Monaco without what is taken out is refused, with the file', () => {
  expect(() => withoutCuts('internal/common/workers', 'export {}')).toThrow(/monaco-editor's internal\/common\/workers\.js/);
});
