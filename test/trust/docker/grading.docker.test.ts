import { describe } from 'vitest';
import { gradingCases } from '../cases/grading.ts';
import { productFixture } from '../product.ts';

describe('marks of programs in containers', () => {
  gradingCases(productFixture('docker', { lessons: 'real' }));
});
