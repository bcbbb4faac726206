import type { LessonToLearn } from './learn.ts';

/** Every lesson with an exercise, each with a mistake that learners make. */
export const LESSONS: readonly LessonToLearn[] = [
  {
    id: 'log/append',
    file: 'main.ts',
    wrong: 'key-in-quotes.ts',
    failing: "Each order's key is its id",
    ran: { in: '.out', text: /exit 0 after/ },
  },
  {
    id: 'log/keys',
    file: 'main.ts',
    wrong: 'one-key-for-all.ts',
    failing: 'The drivers are spread over the partitions',
    ran: { in: '.out', text: /exit 0 after/ },
  },
  {
    id: 'log/from-beginning',
    file: 'main.ts',
    wrong: 'from-the-end.ts',
    failing: 'The orders that were there before are copied',
    ran: { in: '.out', text: /exit 0 after/ },
  },
  {
    id: 'flink-sql/filter-route',
    file: 'main.sql',
    wrong: 'latest-offset.sql',
    failing: 'Every large order is in big-orders once, and nothing else is',
    ran: { in: '.lens', text: /Written to big_orders/ },
  },
  {
    id: 'flink-sql/tumble',
    file: 'main.sql',
    wrong: 'average.sql',
    failing: 'Each row holds the highest temperature of its minute',
    ran: { in: '.lens', text: /[Ww]atermark/ },
  },
  {
    id: 'flink-sql/upsert',
    file: 'main.sql',
    wrong: 'total-in-the-primary-key.sql',
    failing: 'Each key is the customer as JSON',
    ran: { in: '.lens', text: /revenue/ },
  },
];
