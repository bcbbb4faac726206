/** The lessons without a Flink; the rest are proven in sql-lessons.flink.test.ts. */
import { proveLessons } from '../../lessons/prove-lessons.ts';
import { openTestBench } from './bench.ts';

const { bench } = openTestBench();

await proveLessons({ only: ({ spec }) => !spec.services.includes('flink'), bench });
