import { expect, test } from 'vitest';
import { expectEnded } from '#sandbox/grading/kit/expect.ts';
import { expectSameRecords } from '#sandbox/grading/kit/expect-items.ts';
import type { EndedProgram } from '#sandbox/grading/kit/explain-missing.ts';
import { CheckFailed, type Finding } from '#sandbox/grading/kit/finding.ts';
import type { KafkaRecord } from '#sandbox/grading/kit/kafka.ts';

const ITEMS = [
  { id: 'o-1', customer: 'Zoë' },
  { id: 'o-2', customer: 'Bo' },
];
const exited = (exitCode: number, output = ''): EndedProgram => ({ result: { kind: 'exited', exitCode, durationMs: 5 }, output });
const TIMED_OUT: EndedProgram = { result: { kind: 'timed-out', limitMs: 15_000, durationMs: 15_000 }, output: '' };
const KILLED: EndedProgram = { result: { kind: 'cancelled', durationMs: 5 }, output: '' };

function recordsOf(...values: (string | null)[]): KafkaRecord[] {
  return values.map((value, offset) => ({
    ...{ topic: 'orders', partition: 0, timestampMs: 0, key: Buffer.from('o-1'), headers: [] },
    ...{ offset: BigInt(offset), value: value === null ? null : Buffer.from(value) },
  }));
}

const BOTH = recordsOf(...ITEMS.map((item) => JSON.stringify(item)));

function findingOf(judge: () => unknown): Finding {
  try {
    judge();
  } catch (error) {
    if (error instanceof CheckFailed) return error.finding;
    throw error;
  }
  throw new Error('the check passed');
}

const missing = (records: KafkaRecord[], program: EndedProgram, removed = 0n) =>
  findingOf(() => expectSameRecords(records, { items: ITEMS, noun: 'order', topic: 'orders', program, removed }));

test('a record without a value is called that, and nothing is asked of it', () => {
  const { message, question, diagnosis } = missing([...BOTH, ...recordsOf(null)], exited(0));
  expect(message).toBe('The record at orders, partition 0, offset 0 has a key and no value: its value is null.');
  expect([question, diagnosis]).toEqual(['', undefined]);
});

test('an order that was turned into text in another way is asked how; any other text is not', () => {
  const asked = (value: string) => missing(recordsOf(value), exited(0)).question;
  expect(asked('[object Object]')).toBe('What turned the order into bytes?');
  expect(asked("{ id: 'o-1', customer: 'Zoë' }")).toBe('What turned the order into bytes?');
  expect(asked('hello')).toBe('');
});

test('a changed order is asked what happens to it, and one of another input where it comes from', () => {
  expect(missing(recordsOf('{"id":"o-1","customer":"ZOË"}'), exited(0)).question).toBe(
    'What happens to an order between the input and `send`?',
  );
  expect(missing(recordsOf('{"id":"o-9","customer":"Bo"}'), exited(0)).question).toBe('Where does what you send come from?');
});

test('a changed order is told by the field that differs, with what it holds and what it had to hold', () => {
  const said = (value: object) => missing(recordsOf(JSON.stringify(value)), exited(0)).message;
  const where = 'The order o-1 at orders, partition 0, offset 0 was changed';
  expect(said({ id: 'o-1', customer: 'ZOË' })).toBe(`${where}: customer is "ZOË" and not "Zoë".`);
  expect(said({ id: 'o-1', customer: 'Zoë', source: 'web' })).toBe(`${where}: source does not belong there.`);
  expect(said({ id: 'o-1' })).toBe(`${where}: customer is missing.`);
});

test('a record of no order is told by its id', () => {
  const said = (value: unknown) => missing(recordsOf(JSON.stringify(value)), exited(0)).message;
  const where = 'The record at orders, partition 0, offset 0 is no order of this round';
  expect(said({ id: 'o-9' })).toBe(`${where}: its id is o-9.`);
  expect(said([1])).toBe(`${where}: it has no id.`);
});

test('of records that never came, what is asked depends on what was seen', () => {
  const none = missing([], exited(0));
  expect(none.message).toBe('None of 2 orders arrived in orders; the first that is missing is o-1. The program ended by itself.');
  expect([none.question, none.diagnosis]).toEqual(['', undefined]);
  expect(missing(BOTH.slice(1), exited(0)).diagnosis).toBe('NOT_ALL_SENT');
  expect(missing([], exited(1, 'TypeError: x\n    at file:///workspace/main.ts:3:1')).question).toMatch(
    /^Which line does the error/,
  );
  expect(missing([], exited(3)).question).toBe('');
  expect(missing(BOTH.slice(1), TIMED_OUT).question).toBe('');
});

test('records that a transaction keeps from readers are told by their number, unless an error ended the program', () => {
  const inTransaction = (program: EndedProgram) =>
    findingOf(() => expectSameRecords([], { items: ITEMS, noun: 'order', topic: 'orders', program, uncommitted: 2 }));
  expect(inTransaction(exited(0)).message).toBe(
    'None of 2 orders arrived in orders; the first that is missing is o-1. 2 records were written in a transaction that was not committed: it was aborted, or is still open. The program ended by itself.',
  );
  expect([exited(0), TIMED_OUT].map((program) => inTransaction(program).diagnosis)).toEqual(['NOT_COMMITTED', 'NOT_COMMITTED']);
  expect(inTransaction(exited(1, 'TypeError: x')).diagnosis).toBe('ENDED_WITH_AN_ERROR');
});

test('an end that the grader caused is not told', () => {
  expect(missing([], KILLED).message).toBe('None of 2 orders arrived in orders; the first that is missing is o-1.');
});

test('records that are gone are told apart from records that never came', () => {
  const { message, question, diagnosis } = missing(BOTH.slice(1), exited(0), 3n);
  expect(message).toBe(
    '1 of 2 orders are in orders; the first that is missing is o-1. 3 records at the start of the log no longer exist. The program ended by itself.',
  );
  expect([question, diagnosis]).toEqual(['', undefined]);
});

test('a program that was stopped for its output is not asked what is open', () => {
  const ended = (program: EndedProgram) => findingOf(() => expectEnded(program));
  expect(ended({ result: { kind: 'output-limit', limitBytes: 1024, durationMs: 5 }, output: '' }).question).toBe('');
  expect(ended(TIMED_OUT)).toMatchObject({
    diagnosis: 'NEVER_ENDED',
    question: 'What keeps the program going when its work is done?',
  });
  expect(ended(exited(3)).question).toBe('');
});
