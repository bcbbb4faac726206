/** All that a lesson's `grader.ts` imports, beside the generators. */
export {
  type AwaitedRecords,
  CheckFailed,
  defineGrader,
  type GraderBroker,
  type GraderContext,
  type KafkaRecord,
  type StartedProgram,
} from './api.ts';
export { evidenceOf, fieldOf, isSame, jsonOf, placeOf, show, textOf } from './decode.ts';
export { expectEnded, expectHeader, expectKeys, fail } from './expect.ts';
export { expectSameRecords } from './expect-items.ts';
export { expectOrder } from './expect-order.ts';
export { endingOf } from './explain-missing.ts';
export { type EndedSql, explainSql, says } from './explain-sql.ts';
export { foldByKey } from './fold.ts';
