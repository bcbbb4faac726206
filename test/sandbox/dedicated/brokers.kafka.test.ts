import { describe } from 'vitest';
import { productFixture } from '../../trust/product.ts';
import { dedicatedCases } from './cases.ts';

describe("a learner's own brokers as processes", () => {
  dedicatedCases(productFixture('process', { lessons: 'fixtures' }));
});
