import type { ExerciseSpec } from '#lessons/schema.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';

/** The part of an exercise that its language needs; the catalogue's `Exercise` has it. */
export interface WrittenExercise {
  spec: ExerciseSpec;
  /** Text of every file of `starter/`. */
  starter: Readonly<Files>;
}
