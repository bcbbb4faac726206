/** Group G, by what the processes of a program do: no program makes its own failure ours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import type { Product } from '../learners.ts';
import { expectFailure, type Failure, LIMIT_MS } from '../submit.ts';

const fixture = (name: string) => readFileSync(join(PROJECT_DIR, 'test/fixtures/trust', `${name}.ts`), 'utf8');

const FAILURES: Failure[] = [
  ['uses up its memory', () => fixture('memory-hog'), /"megabytes":100/],
  ['kills whatever it sees', () => fixture('kill-all'), /"answers":/],
  ["forges the sandbox's protocol", () => fixture('forge'), /"written":/],
  ['prints without end', () => fixture('loud'), /A{1000}/],
  ['leaves processes behind', () => `const given = { marker: 'left-by-a-round' };\n${fixture('leave-behind')}`, /"left":3/],
  ['ends by a signal', () => `const given = { how: 'segmentation fault' };\n${fixture('crash')}`, /segmentation/],
];

export function markCases(product: Product): void {
  test.each(FAILURES)(
    'a program that %s fails, with an attempt spent',
    (_what, text, shown) => expectFailure(product, text(), shown),
    LIMIT_MS,
  );
}
