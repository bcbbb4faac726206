/** The grading API: all that a lesson's `grader.ts` imports, beside the generators. */
export { counted } from '#lessons/counted.ts';
export type { GraderBroker } from './broker.ts';
export { bytesId, fieldOf, isSame, isText, jsonOf, placeOf, show, textOf } from './decode.ts';
export { type Difference, differenceBetween } from './difference.ts';
export { evidenceOf } from './evidence.ts';
export { expectEnded, expectHeader, expectKeys, fail } from './expect.ts';
export { expectSameRecords } from './expect-items.ts';
export { expectOrder } from './expect-order.ts';
export { endingOf, NOT_COMMITTED, uncommittedInWords } from './explain-missing.ts';
export { type EndedSql, type Explanation, explainSql, ownEnding, says } from './explain-sql.ts';
export { explainClock, explainOtherWindow, explainReaders, windowOf, windowOff } from './explain-windows.ts';
export { CheckFailed } from './finding.ts';
export { foldByKey } from './fold.ts';
export { defineGrader, type GraderContext } from './grader.ts';
export type { AwaitedRecords, KafkaRecord, OtherProducer } from './kafka.ts';
export { type LiveProgram, pauseOnce, startAmid } from './live.ts';
export type { StartedProgram } from './program.ts';
export { endInWords, haveEnded, jobsInWords, QUERY_ENDED, readsNoMore } from './query-end.ts';
