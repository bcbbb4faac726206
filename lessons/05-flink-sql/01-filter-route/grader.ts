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

/** Returns the records by the id of the order that they hold; fails unless each large order has one, and nothing else is there. */
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
    message: `The record at ${placeOf(record)} matches no order in this round's input: ${show(textOf(record.value) ?? 'null')}.`,
    expected: 'Rows of the table orders, and nothing else.',
    question: 'Where do the rows that your INSERT writes come from?',
    diagnosis: says(program, /\bVALUES\b/i) ? 'ROWS_TYPED_IN' : 'OTHER_ROWS',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'an order from the topic orders' })],
  });
}

function failSmall(record: KafkaRecord, order: WebOrder): never {
  return fail({
    message: `${order.id} is in big-orders with a total of ${order.total_cents} cents.`,
    expected: `Only orders of ${LARGE_ORDER_CENTS} cents or more.`,
    question: 'Which rows does the condition let through, just below the limit and far below it?',
    diagnosis: order.total_cents === LARGE_ORDER_CENTS - 1 ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS',
    evidence: [evidenceOf(record, { observed: `${order.total_cents} cents`, expected: 'not in big-orders' })],
  });
}

function failTwice({ id }: WebOrder, pair: readonly KafkaRecord[]): never {
  return fail({
    message: `${id} is in big-orders more than once.`,
    expected: 'One record for each large order.',
    question: 'How many of your queries write to this topic, and how often does each see a row?',
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
  const arrived =
    routed.size === 0
      ? `big-orders holds none of the ${large} large orders`
      : `big-orders holds ${routed.size} of the ${large} large orders`;
  return fail({
    message: `${arrived}. The first missing one is ${first?.id} with ${first?.total_cents} cents. ${endingOf(program.result)}.`,
    expected: `Every order of ${LARGE_ORDER_CENTS} cents or more, including those in the topic before the query began.`,
    question:
      routed.size === 0
        ? 'Which of your statements writes, and what does its source read?'
        : 'What do the missing orders have in common?',
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
      message: `The record of ${order.id} at ${placeOf(record)} does not hold the columns of the task.`,
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
      expected: `The customer, unchanged: ${customer}.`,
      question: 'Which columns make the key of this table, and which format writes it?',
      diagnosis: typeof key === 'string' ? 'KEY_NOT_AS_ASKED' : 'KEY_FIELDS_MISSING',
      evidence: [evidenceOf(record, { observed: key ?? 'no key', expected: customer })],
    });
  }
}

/** Runs the same statements again, this time without an end; fails unless orders that arrive after the start are routed too. */
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
  // A query that has started writes its rows again. One that resumes from committed offsets writes nothing, so it gets time to start.
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
  const states = jobs.map(({ state }) => state).join(', ') || 'none started';
  const large = coming.filter(isLarge).length;
  return fail({
    message: `big-orders holds ${arrived.length} of the ${large} large orders that arrived while the query ran. State of its jobs: ${states}.`,
    expected: 'The query keeps running, and each order that arrives is routed within seconds.',
    question: 'What tells the query that there is nothing more to wait for?',
    diagnosis: says(program, /scan\.bounded|execution\.runtime-mode/i) ? 'QUERY_ENDED' : undefined,
  });
}
