import { describe } from 'vitest';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { gradingCases } from '../cases/grading.ts';
import { productFixture } from '../product.ts';

describe.skipIf(!isolated)('marks of the process provider (needs bubblewrap)', () => {
  gradingCases(productFixture('process', { lessons: 'real' }));
});
