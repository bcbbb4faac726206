import { isDeepStrictEqual } from 'node:util';
import { counted } from '#lessons/counted.ts';
import { fieldOf, jsonOf, placeOf, show, textOf } from './decode.ts';
import { differenceBetween } from './difference.ts';
import { evidenceOf } from './evidence.ts';
import { fail } from './expect.ts';
import { type EndedProgram, endingOf, explainMissing, uncommittedInWords } from './explain-missing.ts';
import type { KafkaRecord } from './kafka.ts';

export interface ItemsExpectation {
  /** What had to be stored; each has a unique `id`. */
  items: readonly { id: string }[];
  /** What one of them is called: `order`. */
  noun: string;
  topic: string;
  program: EndedProgram;
  /** How many records were at the start of the topic and are no longer. */
  removed?: bigint;
  /** How many records are in transactions that were aborted or are still open. */
  uncommitted?: number;
}

/**
 * Every item is stored once as JSON, and nothing besides. In which order, with which key and in which partition is not looked at.
 *
 * @returns the records by the id of the item that they hold
 */
export function expectSameRecords(records: readonly KafkaRecord[], expectation: ItemsExpectation): Map<string, KafkaRecord> {
  const byId = new Map(expectation.items.map((item) => [item.id, item]));
  const found = new Map<string, KafkaRecord>();
  for (const record of records) {
    const id = identify(record, byId, expectation);
    const other = found.get(id);
    if (other) failTwice(id, [other, record], { records, expectation });
    found.set(id, record);
  }
  if (found.size < byId.size) failMissing(found, expectation);
  return found;
}

/** The id of the item that a record holds, unchanged. */
function identify(record: KafkaRecord, items: ReadonlyMap<string, { id: string }>, { noun }: ItemsExpectation): string {
  if (record.value === null) return failNoValue(record, noun);
  const value = jsonOf(record);
  if (value === undefined) return failNotJson(record, [...items.values()], noun);
  const id = fieldOf(value, 'id');
  const item = typeof id === 'string' ? items.get(id) : undefined;
  if (item && isDeepStrictEqual(value, item)) return item.id;
  if (item && value && wasCut(record, item)) failCut(record, item, noun);
  return item ? failChanged(record, { value, item, noun }) : failUnknown(record, { id, items, noun });
}

function failChanged(record: KafkaRecord, { value, item, noun }: { value: unknown; item: { id: string }; noun: string }): never {
  const { words, path, found, expected } = differenceBetween(value, item);
  return fail({
    message: `The ${noun} ${item.id} at ${placeOf(record)} was changed: ${words}.`,
    expected: ONLY_ITEMS(noun),
    question: `What happens to ${article(noun)} ${noun} between the input and \`send\`?`,
    diagnosis: 'RECORD_NOT_IN_INPUT',
    evidence: [evidenceOf(record, { observed: `${path}: ${found}`, expected: `${path}: ${expected}` })],
  });
}

interface Unknown {
  id: unknown;
  items: ReadonlyMap<string, unknown>;
  noun: string;
}

function failUnknown(record: KafkaRecord, { id, items, noun }: Unknown): never {
  return fail({
    message: `The record at ${placeOf(record)} is no ${noun} of this round: ${id === undefined ? 'it has no id' : `its id is ${show(id)}`}.`,
    expected: ONLY_ITEMS(noun),
    question: 'Where does what you send come from?',
    diagnosis: 'RECORD_NOT_IN_INPUT',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: `one of the ${counted(items.size, noun)}` })],
  });
}

const ONLY_ITEMS = (noun: string) => `Each ${noun} of the input, unchanged, and nothing besides.`;

function failNotJson(record: KafkaRecord, items: readonly { id: string }[], noun: string): never {
  const cut = items.find((item) => wasCut(record, item));
  if (cut) failCut(record, cut, noun);
  const text = textOf(record.value) ?? '';
  const isItem = text.includes('[object ') || items.some(({ id }) => text.includes(id));
  return fail({
    message: `The value at ${placeOf(record)} is not JSON.`,
    expected: `The ${noun} as JSON.`,
    question: isItem ? `What turned the ${noun} into bytes?` : '',
    ...(isItem && { diagnosis: 'VALUE_NOT_JSON' }),
    evidence: [evidenceOf(record, { observed: text, expected: `a JSON object` })],
  });
}

/** Fails on a null, which removes what a key stood for where a topic is read as a table. */
function failNoValue(record: KafkaRecord, noun: string): never {
  return fail({
    message: `The record at ${placeOf(record)} has a key and no value: its value is null.`,
    expected: `Each ${noun} of the input, and nothing besides.`,
    question: '',
    evidence: [evidenceOf(record, { observed: 'null', expected: `the ${noun} as JSON, or no record` })],
  });
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}

/** Whether the value is the item's JSON in an encoding of one byte a character. */
function wasCut({ value }: KafkaRecord, item: unknown): boolean {
  return value?.equals(Buffer.from(JSON.stringify(item), 'latin1')) ?? false;
}

function failCut(record: KafkaRecord, item: { id: string }, noun: string): never {
  return fail({
    message: `The ${noun} ${item.id} at ${placeOf(record)} has lost letters.`,
    expected: 'Every letter comes back as it was, whatever its script.',
    question: 'How many bytes does one letter take, and who decides that?',
    diagnosis: 'TEXT_NOT_UTF8',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: JSON.stringify(item) })],
  });
}

type Pair = readonly [KafkaRecord, KafkaRecord];

function failTwice(
  id: string,
  pair: Pair,
  { records, expectation }: { records: readonly KafkaRecord[]; expectation: ItemsExpectation },
): never {
  const { items, noun, topic } = expectation;
  return fail({
    message: `${topic} holds ${counted(records.length, 'new record')} for ${counted(items.length, noun)}: ${id} is there more than once.`,
    expected: `One record for each ${noun}.`,
    question: 'What does a log do with a record that it holds already?',
    diagnosis: 'SENT_TWICE',
    evidence: pair.map((record) => evidenceOf(record, { observed: id, expected: `${id} once` })),
  });
}

function failMissing(found: ReadonlyMap<string, KafkaRecord>, expectation: ItemsExpectation): never {
  const { items, noun, topic, program, removed = 0n, uncommitted = 0 } = expectation;
  const missing = items.filter(({ id }) => !found.has(id));
  const arrived =
    found.size === 0
      ? `None of ${counted(items.length, noun)} ${removed > 0n ? 'is' : 'arrived'}`
      : `${found.size} of ${counted(items.length, noun)} ${removed > 0n ? 'are' : 'arrived'}`;
  const gone = removed > 0n ? `${counted(Number(removed), 'record')} at the start of the log no longer exist` : '';
  const open = uncommitted > 0 ? uncommittedInWords(uncommitted) : '';
  const facts = [`${arrived} in ${topic}; the first that is missing is ${missing[0]?.id}`, gone, open, endingOf(program.result)];
  return fail({
    message: facts
      .map((fact) => fact && `${fact}.`)
      .filter(Boolean)
      .join(' '),
    expected: `${counted(items.length, 'record')}, one for each ${noun}.`,
    // What removed them may be the program, or what it wrote: that cannot be told.
    ...(removed > 0n ? { question: '' } : explainMissing(program, { stored: found.size, noun, uncommitted })),
  });
}
