import { learnWith } from './learner/learned-with.ts';
import { LESSONS } from './learner/lessons.ts';

// The others are learned in containers.
learnWith(
  'process',
  LESSONS.filter(({ id }) => id === 'log/append' || id === 'flink-sql/filter-route'),
);
