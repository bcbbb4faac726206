import { itemsOf } from '#sandbox/generators/generator.ts';
import { type Order, orders as orderGenerator } from '#sandbox/generators/orders.ts';
import type { Random } from '#sandbox/generators/random.ts';
import {
  counted,
  defineGrader,
  differenceBetween,
  evidenceOf,
  expectEnded,
  expectHeader,
  expectKeys,
  expectOrder,
  expectSameRecords,
  fail,
  fieldOf,
  type GraderContext,
  isSame,
  jsonOf,
  type KafkaRecord,
  NOT_COMMITTED,
  type OtherProducer,
  placeOf,
  show,
  textOf,
  uncommittedInWords,
} from '#sandbox/grading/kit/index.ts';

export default defineGrader(async ({ round, kafka, program, inputs, random, check }) => {
  const orders = itemsOf(orderGenerator, inputs.orders);
  const firstOrder = await fillWithOlderRecords(kafka, { topic: 'orders', round, random, orders });
  const firstReceipt = await fillWithOlderRecords(kafka, { topic: 'receipts', round, random, orders });
  const others = await startOthers(kafka, random);
  await program.run();
  await Promise.all([others.orders.stop(), others.receipts.stop()]);
  const stored = others.orders.without(await kafka.readAll('orders')).filter(({ offset }) => offset >= firstOrder);
  const removed = await kafka.removed('orders');
  const { length: uncommitted } = stored.length < orders.length ? others.orders.without(await kafka.uncommitted('orders')) : [];
  const receipts = others.receipts.without(await kafka.readAll('receipts')).filter(({ offset }) => offset >= firstReceipt);
  const { length: open } = receipts.length < orders.length ? others.receipts.without(await kafka.uncommitted('receipts')) : [];

  let records = new Map<string, KafkaRecord>();
  await check('stored', () => {
    records = expectSameRecords(stored, { items: orders, noun: 'order', topic: 'orders', program, removed, uncommitted });
  });
  await check('order', { needs: 'stored' }, () => {
    const clocks = new Map(orders.map(({ id, placedAt }) => [id, placedAt]));
    expectOrder({
      items: orders,
      records,
      whose: 'The orders',
      clockOf: (id) => clocks.get(id) ?? '',
      diagnosis: 'NOT_IN_INPUT_ORDER',
    });
  });
  await check('keys', { needs: 'stored' }, () => expectKeys(stored, (record) => `${fieldOf(jsonOf(record), 'id')}`));
  await check('headers', { needs: 'stored' }, () => expectHeader(stored, 'source', 'web'));
  await check('receipts', { needs: 'stored' }, () => {
    const given = expectOneReceiptEach(receipts, { orders: records, uncommitted: open });
    const saysNoAcks = program.files.some((text) => /\backs['"]?\s*:\s*0\b/.test(text));
    for (const receipt of given.values()) expectForm(receipt, saysNoAcks);
    expectTruth(given, { orders: [...records], saysNoAcks });
  });
  await check('ends', { needs: 'stored' }, () => expectEnded(program));
});

type Kafka = GraderContext['kafka'];
/** Orders of the round that were appended long before it. */
const APPENDED_BEFORE = 3;

/** Starts another shop, which appends its orders, and something else to the receipts, before, between and after the program's records. */
async function startOthers(kafka: Kafka, random: Random): Promise<{ orders: OtherProducer; receipts: OtherProducer }> {
  const drawn = orderGenerator.draw({ random, count: 64, edgeCases: false });
  let next = 0;
  const draw = () => orderGenerator.toRecord(drawn[next++ % drawn.length] ?? random.pick(drawn));
  return { orders: await kafka.startOtherProducer('orders', draw), receipts: await kafka.startOtherProducer('receipts', draw) };
}

/**
 * Appends older records from the second round on, a different number to each topic, so that an offset is not a count. Returns the offset
 * of the first record that the program can write. A few hold orders of this round, so that an id does not say whose record it is. The offsets pass from three digits to four, which exposes string arithmetic.
 */
async function fillWithOlderRecords(
  kafka: Kafka,
  { topic, round, random, orders }: { topic: string; round: number; random: Random; orders: readonly Order[] },
): Promise<bigint> {
  if (round === 1) return 0n;
  const older = orderGenerator.draw({ random, count: random.int(960, 990), edgeCases: false });
  const again = random.shuffle([...older, ...random.shuffle([...orders]).slice(0, APPENDED_BEFORE)]);
  const coordinates = await kafka.produce(topic, again.map(orderGenerator.toRecord));
  return (coordinates.at(-1)?.offset ?? -1n) + 1n;
}

/** Returns the receipts by the id of their order; fails when one is missing, repeated or for no order. */
function expectOneReceiptEach(
  receipts: readonly KafkaRecord[],
  { orders, uncommitted }: { orders: ReadonlyMap<string, KafkaRecord>; uncommitted: number },
): Map<string, KafkaRecord> {
  const given = new Map<string, KafkaRecord>();
  for (const receipt of receipts) {
    const id = textOf(receipt.key);
    if (id === null || !orders.has(id))
      failForm(receipt, `${id === null ? 'no key' : `the key "${show(id)}"`}`, 'the id of an order as key');
    if (given.has(id)) failForm(receipt, `a second receipt for ${id}`, 'one receipt for each order');
    given.set(id, receipt);
  }
  const missing = [...orders.keys()].filter((id) => !given.has(id));
  if (missing.length === 0) return given;
  return fail({
    message: `receipts holds receipts for ${given.size} of ${counted(orders.size, 'order')}. The first missing one is for ${missing[0]}.${uncommitted > 0 ? ` ${uncommittedInWords(uncommitted)}.` : ''}`,
    expected: 'One receipt for each order.',
    ...(uncommitted > 0
      ? NOT_COMMITTED
      : { question: 'When do you know where an order is stored?', diagnosis: 'RECEIPT_INCOMPLETE' }),
  });
}

function expectForm(receipt: KafkaRecord, saysNoAcks: boolean): void {
  const value = jsonOf(receipt);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const names = isObject ? Object.keys(value).sort().join(', ') : 'no JSON object';
  const offset = fieldOf(value, 'offset');
  if (names === '') failEmpty(receipt, saysNoAcks);
  if (!isObject) failForm(receipt, textOf(receipt.value) ?? 'null', '{"partition":0,"offset":"…"}');
  if (names !== 'offset, partition') failFields(receipt, value);
  if (typeof offset === 'number') failOffsetType(receipt);
  const partition = fieldOf(value, 'partition');
  if (typeof partition !== 'number')
    failForm(receipt, `partition is ${JSON.stringify(partition)}`, 'partition is a number, offset is a string');
  if (typeof offset !== 'string')
    failForm(receipt, `offset is ${JSON.stringify(offset)}`, 'partition is a number, offset is a string');
}

/** Fails on a receipt that has other fields than those of the task: it names one that is missing, and one too many. */
function failFields(receipt: KafkaRecord, value: unknown): never {
  const own = { partition: fieldOf(value, 'partition') ?? 0, offset: fieldOf(value, 'offset') ?? '' };
  return failForm(receipt, differenceBetween(value, own).words, '{"partition":0,"offset":"…"}');
}

function failForm(receipt: KafkaRecord, observed: string, expected: string): never {
  return fail({
    message: `The receipt at ${placeOf(receipt)} does not match the task: ${observed}.`,
    expected: `${expected[0]?.toUpperCase()}${expected.slice(1)}.`,
    question: 'Could a program that knows only the task read this receipt?',
    diagnosis: 'RECEIPT_INCOMPLETE',
    evidence: [evidenceOf(receipt, { observed, expected })],
  });
}

/** Fails on `{}`, which is how JSON writes an object whose fields are all undefined: one that was not given the broker's answer. */
function failEmpty(receipt: KafkaRecord, saysNoAcks: boolean): never {
  return fail({
    message: `The receipt at ${placeOf(receipt)} is empty: the object it was written from had neither partition nor offset.`,
    expected: 'The partition and the offset that the broker reported.',
    ...(saysNoAcks ? NO_ANSWER : { question: '' }),
    evidence: [evidenceOf(receipt, { observed: '{}', expected: '{"partition":0,"offset":"…"}' })],
  });
}

function failOffsetType(receipt: KafkaRecord): never {
  return fail({
    message: `The receipt at ${placeOf(receipt)} holds its offset as a number.`,
    expected: 'The offset as a string, as the broker reported it.',
    question: 'How large can an offset become, and how large a number?',
    diagnosis: 'OFFSET_IS_A_STRING',
    evidence: [evidenceOf(receipt, { observed: textOf(receipt.value), expected: 'offset in quotes' })],
  });
}

const NO_ANSWER = { question: 'What does `acks: 0` ask of the broker?', diagnosis: 'NO_ACKNOWLEDGEMENT' } as const;

interface Truth {
  orders: readonly (readonly [string, KafkaRecord])[];
  /** Whether the program's text asks for no acknowledgement: said only where receipts hold no offset. */
  saysNoAcks: boolean;
}

function expectTruth(receipts: ReadonlyMap<string, KafkaRecord>, { orders, saysNoAcks }: Truth): void {
  const compared = orders.flatMap(([id, order]) => {
    const receipt = receipts.get(id);
    return receipt ? [{ id, order, receipt, said: jsonOf(receipt) }] : [];
  });
  const isTrue = ({ order, said }: Compared) => isSame(said, placeIn(order));
  const wrong = compared.filter((one) => !isTrue(one));
  const [first] = wrong;
  if (!first) return;
  fail({
    message: `Receipts that do not name the place of their order: ${wrong.length} of ${compared.length}. In that of ${first.id}, ${differenceBetween(first.said, placeIn(first.order)).words}.`,
    expected: 'Each receipt names the partition and the offset of its own order.',
    ...explain(compared, saysNoAcks),
    evidence: wrong.map(({ receipt, order, said }) => evidenceOf(receipt, { observed: said, expected: placeIn(order) })),
  });
}

/** Returns what the receipt of an order has to say. */
function placeIn({ partition, offset }: KafkaRecord): { partition: number; offset: string } {
  return { partition, offset: String(offset) };
}

interface Compared {
  id: string;
  order: KafkaRecord;
  receipt: KafkaRecord;
  said: unknown;
}

function explain(compared: readonly Compared[], saysNoAcks: boolean) {
  const offsets = compared.map(({ said }) => fieldOf(said, 'offset'));
  const areOffsets = offsets.every((offset) => typeof offset === 'string' && /^\d+$/.test(offset));
  if (!areOffsets) return saysNoAcks ? NO_ANSWER : { question: '' };
  return { question: 'Who knows where a record is stored, and how does your program find out?', diagnosis: diagnose(compared) };
}

/** Names the mistake by the numbers that the receipts hold, all of which could be offsets. */
function diagnose(
  compared: readonly Compared[],
): 'OFFSETS_ARE_NOT_COUNTS' | 'BASE_OFFSET_IS_THE_FIRST' | 'OFFSET_IS_A_STRING' | undefined {
  const sorted = compared.toSorted((left, right) => (left.order.offset < right.order.offset ? -1 : 1));
  const said = sorted.map((one) => BigInt(String(fieldOf(one.said, 'offset'))));
  const stored = sorted.map(({ order }) => order.offset);
  const [start = 0n] = stored;
  const startsWithTheTopic = said[0] === 0n || said[0] === 1n;
  if (isCounted(said) && (startsWithTheTopic ? start > 1n : !isCounted(stored))) return 'OFFSETS_ARE_NOT_COUNTS';
  if (new Set(said).size < said.length) return 'BASE_OFFSET_IS_THE_FIRST';
  return said.every((one, index) => index === 0 || one === BigInt(`${start}${index}`)) ? 'OFFSET_IS_A_STRING' : undefined;
}

function isCounted(numbers: readonly bigint[]): boolean {
  return numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0n) + 1n);
}
