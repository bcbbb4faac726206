import { productFixture } from '../trust/product.ts';
import { learnerCases } from './learner/cases.ts';
import { LESSONS } from './learner/lessons.ts';

// The others are learned in containers.
learnerCases(
  productFixture('process', { site: 'built' }),
  LESSONS.filter(({ id }) => id === 'log/append' || id === 'flink-sql/filter-route'),
);
