/**
 * What a `.flink.test.ts` file needs: all that a `.kafka.test.ts` file has, and the suite's one Flink.
 */
import { inject } from 'vitest';
import type { Flink } from '#sandbox/services/flink/flink.ts';
import { type StackFixture, stackFixture } from './stack-fixture.ts';
import './flink-stack.ts';

export interface FlinkFixture extends StackFixture {
  /** Shared by the suite: disposing it does nothing, and it must not be killed. */
  readonly flink: Flink;
}

/** Called once at the top of a test file; see `stackFixture`. */
export function flinkFixture(): FlinkFixture {
  const flink: Flink = { ...inject('flink'), ended: new Promise(() => undefined), [Symbol.asyncDispose]: async () => undefined };
  // Assigning keeps `provider` a getter: it is there inside tests only.
  return Object.assign(stackFixture(), { flink });
}
