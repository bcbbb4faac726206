import { languages } from './languages.ts';
import type { ExerciseSpec } from './schema.ts';

/** What of an exercise's run can be broken, and into which topics records are added. */
export interface Breakable {
  kind: 'kill' | 'pause' | 'poison' | 'late';
  /** Inputs that programs read from a topic; empty where no record is added. */
  topics: readonly string[];
}

/**
 * Returns what makes sense to break in an exercise: any run can be killed; a program's way to the shared broker can be held back; a
 * consumer can meet a record that it cannot parse, and a query one that is late.
 */
export function breaksOf({ language, broker, inputs }: Pick<ExerciseSpec, 'language' | 'broker' | 'inputs'>): Breakable[] {
  const topics = Object.entries(inputs).flatMap(([name, input]) => (input.as === 'topic' ? [name] : []));
  const isProgram = languages[language].shows === 'output';
  return [
    { kind: 'kill', topics: [] },
    ...(isProgram && broker === 'shared' ? [{ kind: 'pause', topics: [] } as const] : []),
    ...(topics.length > 0 ? [{ kind: 'poison', topics } as const] : []),
    ...(topics.length > 0 && !isProgram ? [{ kind: 'late', topics } as const] : []),
  ];
}
