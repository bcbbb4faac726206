import type { DiagnosisName } from '#lessons/diagnoses.ts';
import { evidenceOf } from './evidence.ts';
import { fail } from './expect.ts';
import type { KafkaRecord } from './kafka.ts';

export interface OrderExpectation {
  /** Items in the order in which they had to be appended, each with the record that holds it. */
  items: readonly { id: string }[];
  records: ReadonlyMap<string, KafkaRecord>;
  /** Whose order it is: `The orders`, `The events of driver-17`. */
  whose: string;
  /** A time that stands in the item, by which it may have been sorted. */
  clockOf?: (id: string) => string;
  diagnosis: DiagnosisName;
}

const SHOWN = 6;

/** Within each partition the items stand in the order of `items`. */
export function expectOrder({ items, records, whose, clockOf, diagnosis }: OrderExpectation): void {
  const appended = items
    .flatMap(({ id }) => ({ id, record: records.get(id) }))
    .flatMap(({ id, record }) => (record ? [{ id, record }] : []))
    .sort((left, right) => byPlace(left.record, right.record));
  const index = appended.findIndex(({ id }, place) => id !== items[place]?.id);
  if (index < 0) return;
  const ids = appended.map(({ id }) => id);
  fail({
    message: `${whose} stand in another order than the input: from the ${ordinal(index + 1)} on, ${ids[index]} where ${items[index]?.id} had to be.`,
    expected: 'By offset, the order of the input.',
    question: 'Who decides in which order records are appended, and by what?',
    diagnosis: clockOf && isSorted(ids.map(clockOf)) ? 'CLOCKS_ARE_NOT_ORDER' : diagnosis,
    evidence: appended
      .slice(index, index + SHOWN)
      .map(({ id, record }, place) => evidenceOf(record, { observed: id, expected: items[index + place]?.id })),
  });
}

function byPlace(left: KafkaRecord, right: KafkaRecord): number {
  return left.partition - right.partition || (left.offset < right.offset ? -1 : 1);
}

function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, index) => index === 0 || (texts[index - 1] ?? text) <= text);
}

function ordinal(count: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][count % 100 > 10 && count % 100 < 14 ? 0 : count % 10] ?? 'th';
  return `${count}${ending}`;
}
