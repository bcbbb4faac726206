/** The lessons with a Flink; the rest are proven in lessons.kafka.test.ts. */
import { FLINKS_AT_ONCE } from '#sandbox/proof/at-once.ts';
import { proveLessons } from '../../lessons/prove-lessons.ts';
import { openTestBench } from './bench.ts';

const { bench } = openTestBench({ flinks: FLINKS_AT_ONCE });

await proveLessons({ only: ({ spec }) => spec.services.includes('flink'), bench });
