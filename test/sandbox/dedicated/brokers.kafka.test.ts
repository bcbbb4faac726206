import { describe } from 'vitest';
import { productFixture } from '../../trust/product.ts';
import { dedicatedCases, wrongProgramCases } from './cases.ts';

describe("a learner's own brokers as processes", () => {
  const product = productFixture('process', { lessons: 'fixtures' });
  dedicatedCases(product);
  wrongProgramCases(product);
});
