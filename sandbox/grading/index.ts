/** All that a lesson's `grader.ts` imports, beside the generators. */
export { CheckFailed, defineGrader, type GraderContext, type KafkaRecord } from './api.ts';
export { evidenceOf, fieldOf, jsonOf, placeOf, show, textOf } from './decode.ts';
export { expectEnded, expectHeader, expectKeys, fail } from './expect.ts';
export { expectSameRecords } from './expect-items.ts';
export { expectOrder } from './expect-order.ts';
