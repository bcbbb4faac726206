import type { ExerciseSpec } from '#lessons/schema.ts';
import type { Lendable } from '#sandbox/languages/contract/lendable.ts';
import { languages } from '#sandbox/languages/languages.ts';

export { lendable } from '#sandbox/languages/contract/lendable.ts';

/** What must be there before a program of an exercise can start, beside a tenant on the broker that all share. */
export interface Needs {
  /** Brokers that it has alone; 0 where the shared one does. A workspace comes with them. */
  dedicatedBrokers: 0 | 1 | 3;
  /** What is lent to the learner, or to the submission, while it is worked on. */
  lent: readonly Lendable[];
}

/** What each service adds to what is lent. Kafka is there for everybody. */
const LENT_FOR = { kafka: [], flink: ['flink'] } as const satisfies Record<ExerciseSpec['services'][number], readonly Lendable[]>;

/** Decides what is readied for an exercise: for the sandbox of a learner, a Run, and the rounds of a submission. */
export function needsOf({
  language,
  services,
  broker,
  brokers = 1,
}: Pick<ExerciseSpec, 'language' | 'services' | 'broker' | 'brokers'>): Needs {
  const lent = new Set([...languages[language].needs, ...services.flatMap((service) => LENT_FOR[service])]);
  return { dedicatedBrokers: broker === 'shared' ? 0 : brokers, lent: [...lent] };
}
