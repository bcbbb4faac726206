/**
 * A grader is called once a round, with that round's data, in its own process. It judges what the round's slice of the broker shows and
 * nothing else.
 */
import type { Random } from '#sandbox/generators/random.ts';
import type { LaterInput } from '#sandbox/generators/round.ts';
import type { GraderBroker } from './broker.ts';
import type { GraderKafka } from './kafka.ts';
import type { GraderProgram } from './program.ts';

/** What a grader is given to judge one round. */
export interface GraderContext {
  /** From 1. */
  round: number;
  kafka: GraderKafka;
  broker: GraderBroker;
  program: GraderProgram;
  /** The round's input data by name, as the generators made it. */
  inputs: Readonly<Record<string, readonly unknown[]>>;
  /** What comes after the input in topics that are `live`; the grader produces it when it wants to see it arrive. */
  later: Readonly<Record<string, LaterInput>>;
  random: Random;
  /** Judges one check. Skipped when a check in `needs` did not pass. Every check of `exercise.yaml` must be called in each round. */
  check(id: string, judge: () => void | Promise<void>): Promise<void>;
  check(id: string, options: { needs: string | readonly string[] }, judge: () => void | Promise<void>): Promise<void>;
}

export type Grader = (context: GraderContext) => Promise<void>;

/** Marks the default export of a `grader.ts`. */
export function defineGrader(grader: Grader): Grader {
  return grader;
}
