import { itemsOf } from '#sandbox/generators/generator.ts';
import { LARGE_ORDER_CENTS, type WebOrder, webOrders } from '#sandbox/generators/web-orders.ts';
import {
  defineGrader,
  type EndedSql,
  endingOf,
  evidenceOf,
  explainSql,
  fail,
  fieldOf,
  type GraderContext,
  isSame,
  jsonOf,
  type KafkaRecord,
  placeOf,
  says,
  show,
  textOf,
} from '#sandbox/grading/kit/index.ts';

const ROUTED_WITHIN_MS = 12_000;
const QUIET_MS = 1_000;

export default defineGrader(async (context) => {
  const { kafka, program, inputs, check } = context;
  const orders = itemsOf(webOrders, inputs.orders);
  await program.run();
  const written = await kafka.readAll('big-orders');

  let routed = new Map<string, KafkaRecord>();
  await check('routed', () => {
    routed = expectRouted(written, orders, program);
  });
  await check('columns', { needs: 'routed' }, () => expectColumns(routed, orders));
  await check('keys', { needs: 'routed' }, () => expectCustomerKeys(routed, orders));
  await check('live', { needs: ['routed', 'columns', 'keys'] }, () => expectLaterOrders(context, orders, written));
});

const isLarge = ({ total_cents }: WebOrder) => total_cents >= LARGE_ORDER_CENTS;

/** @returns the records by the id of the order that they hold */
function expectRouted(written: readonly KafkaRecord[], orders: readonly WebOrder[], program: EndedSql): Map<string, KafkaRecord> {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const routed = new Map<string, KafkaRecord>();
  for (const record of written) {
    const id = fieldOf(jsonOf(record), 'id');
    const order = typeof id === 'string' ? byId.get(id) : undefined;
    if (!order) failUnknown(record, program);
    if (!isLarge(order)) failSmall(record, order);
    const other = routed.get(order.id);
    if (other) failTwice(order, [other, record]);
    routed.set(order.id, record);
  }
  const missing = orders.filter((order) => isLarge(order) && !routed.has(order.id));
  if (missing.length > 0) failMissing(missing, { routed, orders, program });
  return routed;
}

function failUnknown(record: KafkaRecord, program: EndedSql): never {
  return fail({
    message: `The record at ${placeOf(record)} is no order of this round: ${show(textOf(record.value) ?? 'null')}.`,
    expected: 'Rows of orders and nothing besides.',
    question: 'Where do the rows come from that your INSERT writes?',
    diagnosis: says(program, /\bVALUES\b/i) ? 'ROWS_TYPED_IN' : 'OTHER_ROWS',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'an order of the topic orders' })],
  });
}

function failSmall(record: KafkaRecord, order: WebOrder): never {
  return fail({
    message: `${order.id} stands in big-orders with a total of ${order.total_cents} cents.`,
    expected: `Orders of ${LARGE_ORDER_CENTS} cents or more, and no others.`,
    question: 'Which rows does the condition let through, just below the limit and far below it?',
    diagnosis: order.total_cents === LARGE_ORDER_CENTS - 1 ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS',
    evidence: [evidenceOf(record, { observed: `${order.total_cents} cents`, expected: 'not in big-orders' })],
  });
}

function failTwice({ id }: WebOrder, pair: readonly KafkaRecord[]): never {
  return fail({
    message: `${id} stands in big-orders more than once.`,
    expected: 'One record for each large order.',
    question: 'How many queries of yours write to this topic, and how often does each see a row?',
    diagnosis: 'ROW_WRITTEN_TWICE',
    evidence: pair.map((record) => evidenceOf(record, { observed: id, expected: `${id} once` })),
  });
}

interface Missing {
  routed: ReadonlyMap<string, KafkaRecord>;
  orders: readonly WebOrder[];
  program: EndedSql;
}

function failMissing(missing: readonly WebOrder[], { routed, orders, program }: Missing): never {
  const [first] = missing;
  const atLimit = missing.every(({ total_cents }) => total_cents === LARGE_ORDER_CENTS);
  const large = orders.filter(isLarge).length;
  const arrived = routed.size === 0 ? `None of ${large} large orders stands` : `${routed.size} of ${large} large orders stand`;
  return fail({
    message: `${arrived} in big-orders; the first that is missing is ${first?.id} with ${first?.total_cents} cents. ${endingOf(program.result)}.`,
    expected: `Every order of ${LARGE_ORDER_CENTS} cents or more, those that lay there before the query began as well.`,
    question:
      routed.size === 0
        ? 'Which statement of yours writes, and what does its source read?'
        : 'What do the missing ones have in common?',
    diagnosis: routed.size === 0 ? explainSql(program, ['orders', 'big-orders']) : atLimit ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS',
  });
}

function rowOf({ id, customer, status, total_cents }: WebOrder) {
  return { id, customer, status: status.toUpperCase(), total_cents };
}

function expectColumns(routed: ReadonlyMap<string, KafkaRecord>, orders: readonly WebOrder[]): void {
  for (const order of orders) {
    const record = routed.get(order.id);
    const row = record && jsonOf(record);
    if (!record || isSame(row, rowOf(order))) continue;
    fail({
      message: `The record of ${order.id} at ${placeOf(record)} holds other columns than were asked for.`,
      expected: 'id, customer, status in upper case and total_cents as a number, and nothing else.',
      question: 'Which columns does the table have, and what does the query put into each of them?',
      diagnosis: 'OTHER_COLUMNS',
      evidence: [evidenceOf(record, { observed: row, expected: rowOf(order) })],
    });
  }
}

function expectCustomerKeys(routed: ReadonlyMap<string, KafkaRecord>, orders: readonly WebOrder[]): void {
  for (const { id, customer } of orders) {
    const record = routed.get(id);
    const key = record && textOf(record.key);
    if (!record || key === customer) continue;
    fail({
      message: `The record of ${id} has ${typeof key === 'string' ? `the key ${show(key)}` : 'no key'}.`,
      expected: `The customer as it is: ${customer}.`,
      question: 'Which columns make the key of this table, and which format writes it down?',
      diagnosis: typeof key === 'string' ? 'KEY_NOT_AS_ASKED' : 'KEY_FIELDS_MISSING',
      evidence: [evidenceOf(record, { observed: key ?? 'no key', expected: customer })],
    });
  }
}

/** The same statements, this time without an end: what comes after the start is routed without anybody doing anything. */
async function expectLaterOrders(
  { kafka, program, later }: GraderContext,
  orders: readonly WebOrder[],
  before: readonly KafkaRecord[],
): Promise<void> {
  const coming = itemsOf(webOrders, later.orders?.items);
  const settled = new Set(orders.map(({ id }) => id));
  const places = new Set(before.map(placeOf));
  const isNew = (record: KafkaRecord) => !places.has(placeOf(record));
  const ofLater = (records: readonly KafkaRecord[]) =>
    records.filter((record) => isNew(record) && !settled.has(String(fieldOf(jsonOf(record), 'id'))));
  const holdsAll = (records: readonly KafkaRecord[], wanted: readonly WebOrder[]) => {
    const ids = new Set(records.filter(isNew).map((record) => fieldOf(jsonOf(record), 'id')));
    return wanted.filter(isLarge).every(({ id }) => ids.has(id));
  };

  const running = await program.start();
  const waiting = { limitMs: ROUTED_WITHIN_MS, unless: running.ended };
  // What it writes again tells that it has begun. One that remembers where it was writes nothing, and is given time to begin.
  await kafka.until('big-orders', (records) => holdsAll(records, orders), { ...waiting, limitMs: ROUTED_WITHIN_MS / 2 });
  await kafka.produce('orders', later.orders?.records ?? []);
  await kafka.until('big-orders', (records) => holdsAll(records, coming), waiting);
  const { records } = await kafka.until('big-orders', () => false, { ...waiting, limitMs: QUIET_MS });
  const jobs = await running.jobs();
  await running.kill();
  await running.ended;

  const arrived = ofLater(records);
  if (!holdsAll(records, coming)) failLater(coming, { arrived, jobs, program });
  const routed = expectRouted(arrived, coming, program);
  expectColumns(routed, coming);
  expectCustomerKeys(routed, coming);
}

interface LateFailure {
  arrived: readonly KafkaRecord[];
  jobs: readonly { state: string }[];
  program: EndedSql;
}

function failLater(coming: readonly WebOrder[], { arrived, jobs, program }: LateFailure): never {
  const states = jobs.map(({ state }) => state).join(', ') || 'none was started';
  const large = coming.filter(isLarge).length;
  return fail({
    message: `${arrived.length} of ${large} large orders that came while the query ran stand in big-orders. State of its jobs: ${states}.`,
    expected: 'The query goes on, and each order that comes is routed within seconds.',
    question: 'What tells the query that there is nothing more to wait for?',
    diagnosis: says(program, /scan\.bounded|execution\.runtime-mode/i) ? 'QUERY_ENDED' : undefined,
  });
}
