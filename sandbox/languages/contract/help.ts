import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlCompletions, SqlError } from '#sandbox/protocol/sql.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { WrittenExercise } from './exercise.ts';

/** What a learner has typed, and the Flink that checks it. */
export interface HelpRequest {
  exercise: WrittenExercise;
  files: Readonly<Files>;
  flink: FlinkSeat;
  tenant: Tenant;
  signal: AbortSignal;
}

/** Help while a learner types: what is wrong in the first file, and what can be typed at a place in it. */
export interface TypingHelp {
  /** @throws PlatformError SERVICE_NOT_READY when Flink is not responding; the signal's reason */
  check(request: HelpRequest): Promise<SqlError[]>;
  /** As `check`; line and column count from 1. */
  complete(request: HelpRequest & { line: number; column: number }): Promise<SqlCompletions['items']>;
}
