import type { ExerciseSpec } from '#lessons/schema.ts';
import type { Lendable } from '#sandbox/languages/contract/lendable.ts';
import { languages } from '#sandbox/languages/languages.ts';

export { lendable } from '#sandbox/languages/contract/lendable.ts';

/** What must exist before a program of an exercise can start, in addition to a tenant on the shared broker. */
export interface Needs {
  /** Number of dedicated brokers; 0 when the shared one is enough. A workspace comes with them. */
  dedicatedBrokers: 0 | 1 | 3;
  /** Lent to the learner, or to the submission, while it is in use. */
  lent: readonly Lendable[];
}

/** What each service adds to what is lent. Every program has Kafka. */
const LENT_FOR = { kafka: [], flink: ['flink'] } as const satisfies Record<ExerciseSpec['services'][number], readonly Lendable[]>;

/** Returns what to prepare for an exercise: for a learner's sandbox, a Run, and the rounds of a submission. */
export function needsOf({
  language,
  services,
  broker,
  brokers = 1,
}: Pick<ExerciseSpec, 'language' | 'services' | 'broker' | 'brokers'>): Needs {
  const lent = new Set([...languages[language].needs, ...services.flatMap((service) => LENT_FOR[service])]);
  return { dedicatedBrokers: broker === 'shared' ? 0 : brokers, lent: [...lent] };
}
