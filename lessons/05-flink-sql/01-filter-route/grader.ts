import { itemsOf } from '#sandbox/generators/generator.ts';
import { LARGE_ORDER_CENTS, type WebOrder, webOrders } from '#sandbox/generators/web-orders.ts';
import {
  defineGrader,
  differenceBetween,
  type EndedSql,
  type Explanation,
  evidenceOf,
  explainSql,
  fail,
  fieldOf,
  type GraderContext,
  isSame,
  jobsInWords,
  jsonOf,
  type KafkaRecord,
  ownEnding,
  pauseOnce,
  placeOf,
  QUERY_ENDED,
  readsNoMore,
  says,
  show,
  startAmid,
  textOf,
} from '#sandbox/grading/kit/index.ts';

const QUIET_MS = 1_000;
/** Later orders that arrive when the query runs; those before them arrive while it starts. */
const AFTERWARDS = 30;

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

const isLarge = ({ total_cents }: WebOrder) => Number(total_cents ?? 0) >= LARGE_ORDER_CENTS;

/** Returns the records by the id of the order that they hold; fails unless each large order has one, and nothing else is there. */
function expectRouted(written: readonly KafkaRecord[], orders: readonly WebOrder[], program: EndedSql): Map<string, KafkaRecord> {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const routed = new Map<string, KafkaRecord>();
  for (const record of written) {
    const id = fieldOf(jsonOf(record), 'id');
    const order = typeof id === 'string' ? byId.get(id) : undefined;
    if (!order) failUnknown(record, { byId, program });
    if (!isLarge(order)) failSmall(record, order);
    const other = routed.get(order.id);
    if (other) failTwice(order, [other, record]);
    routed.set(order.id, record);
  }
  const missing = orders.filter((order) => isLarge(order) && !routed.has(order.id));
  if (missing.length > 0) failMissing(missing, { routed, orders, program });
  return routed;
}

/** Fails on a row that holds the id of no order; `byId` are the orders. */
function failUnknown(record: KafkaRecord, { byId, program }: { byId: ReadonlyMap<string, WebOrder>; program: EndedSql }): never {
  const values = Object.entries(Object(jsonOf(record)));
  const other = values.find(([, value]) => typeof value === 'string' && byId.has(value));
  const isTyped = says(program, /\bVALUES\b/i);
  const cause = isTyped
    ? ({ question: 'Where do the rows that your INSERT writes come from?', diagnosis: 'ROWS_TYPED_IN' } as const)
    : ({ question: '', diagnosis: 'OTHER_ROWS' } as const);
  return fail({
    message: `The record at ${placeOf(record)} matches no order in this round's input: ${whatIsOff(jsonOf(record), other)}.`,
    expected: 'Rows of the table orders, and nothing else.',
    ...(other ? { question: `Which column of your query goes into ${other[0]}?`, diagnosis: 'OTHER_COLUMNS' } : cause),
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'an order from the topic orders' })],
  });
}

/** Says what keeps a row from being an order's: `other` is a column that holds the id of one. */
function whatIsOff(row: unknown, other: readonly [string, unknown] | undefined): string {
  if (typeof row !== 'object' || row === null) return 'it is no JSON object';
  if (other) return `${other[0]} holds the id ${other[1]}`;
  const id = fieldOf(row, 'id');
  return id === undefined ? 'id is missing' : `id is ${show(id)}, which no order has`;
}

function failSmall(record: KafkaRecord, { id, total_cents }: WebOrder): never {
  const hasTotal = typeof total_cents === 'number';
  return fail({
    message: `${id} is in big-orders with ${hasTotal ? `a total of ${total_cents} cents` : 'no total'}.`,
    expected: `Only orders of ${LARGE_ORDER_CENTS} cents or more.`,
    question: hasTotal
      ? 'Which rows does the condition let through, just below the limit and far below it?'
      : 'What does the condition give for a row whose total is NULL?',
    diagnosis: total_cents === LARGE_ORDER_CENTS - 1 ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS',
    evidence: [evidenceOf(record, { observed: `${total_cents ?? 'no'} cents`, expected: 'not in big-orders' })],
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
  const large = orders.filter(isLarge).length;
  const arrived =
    routed.size === 0
      ? `big-orders holds none of the ${large} large orders`
      : `big-orders holds ${routed.size} of the ${large} large orders`;
  return fail({
    message: `${arrived}. The first missing one is ${first?.id} with ${first?.total_cents} cents.${ownEnding(program)}`,
    expected: `Every order of ${LARGE_ORDER_CENTS} cents or more, including those in the topic before the query began.`,
    ...(routed.size === 0
      ? explainSql(program, ['orders', 'big-orders'])
      : {
          question: 'What do the missing orders have in common?',
          diagnosis: missing.every(({ total_cents }) => total_cents === LARGE_ORDER_CENTS) ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS',
        }),
  });
}

function rowOf({ id, customer, status, total_cents }: WebOrder) {
  return { id, customer, status: status?.toUpperCase() ?? null, total_cents };
}

function expectColumns(routed: ReadonlyMap<string, KafkaRecord>, orders: readonly WebOrder[]): void {
  for (const order of orders) {
    const record = routed.get(order.id);
    const row = record && jsonOf(record);
    // Flink writes a NULL as null, or leaves its field out where the table says so.
    const holds = order.status ? row : { status: null, ...Object(row) };
    if (!record || isSame(holds, rowOf(order))) continue;
    const { words, path, found, expected } = differenceBetween(holds, rowOf(order));
    fail({
      message: `The record of ${order.id} at ${placeOf(record)} does not hold the columns of the task: ${words}.`,
      expected: 'id, customer, status in upper case and total_cents as a number, and nothing else.',
      question: 'Which columns does the table have, and what does the query put into each of them?',
      diagnosis: 'OTHER_COLUMNS',
      evidence: [evidenceOf(record, { observed: `${path}: ${found}`, expected: `${path}: ${expected}` })],
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

/** Runs the same statements again, this time without an end; fails unless orders that arrive meanwhile and later are routed too. */
async function expectLaterOrders(
  context: GraderContext,
  orders: readonly WebOrder[],
  before: readonly KafkaRecord[],
): Promise<void> {
  const { kafka, program, later } = context;
  const places = new Set(before.map(placeOf));
  const idsOf = (records: readonly KafkaRecord[]) =>
    new Set(records.filter((record) => !places.has(placeOf(record))).map((record) => fieldOf(jsonOf(record), 'id')));
  const holdsAll = (records: readonly KafkaRecord[], wanted: readonly WebOrder[]) => {
    const ids = idsOf(records);
    return wanted.filter(isLarge).every(({ id }) => ids.has(id));
  };
  const holdsAny = (records: readonly KafkaRecord[], wanted: readonly WebOrder[]) => {
    const ids = idsOf(records);
    return wanted.filter(isLarge).some(({ id }) => ids.has(id));
  };
  const items = itemsOf(webOrders, later.orders?.items);
  const records = later.orders?.records ?? [];

  const live = await startAmid(context, { topic: 'orders', records: records.slice(0, -AFTERWARDS) });
  const fed = () => items.slice(0, live.fed());
  // A query that has started writes its rows again. One that resumes from committed offsets writes those that arrive.
  const started = await kafka.until('big-orders', (rows) => holdsAll(rows, orders) || holdsAny(rows, fed()), live.waiting);
  const seen = live.fed();
  // Orders arrive until one is routed that arrived after this: then every job of the program has found where to begin.
  const isRouting = (rows: readonly KafkaRecord[]) =>
    holdsAny(rows, fed().slice(seen)) || (live.fed() === records.length - AFTERWARDS && holdsAll(rows, fed()));
  const routing = started.met && (await kafka.until('big-orders', isRouting, live.waiting)).met;
  const during = items.slice(0, await live.stopFeeding());
  if (routing) await pauseOnce(context);
  await kafka.produce('orders', records.slice(-AFTERWARDS));
  const coming = [...during, ...items.slice(-AFTERWARDS)];
  if (started.met) await kafka.until('big-orders', (rows) => holdsAll(rows, coming), live.waiting);
  const last = await kafka.until('big-orders', () => false, { ...live.waiting, limitMs: QUIET_MS });
  const jobs = await live.jobs();
  await live.kill();
  await live.ended;

  const settled = new Set(orders.map(({ id }) => id));
  const arrived = last.records.filter(
    (record) => !places.has(placeOf(record)) && !settled.has(String(fieldOf(jsonOf(record), 'id'))),
  );
  if (!holdsAll(last.records, coming)) failLater(coming, { arrived, during, jobs, program });
  const routed = expectRouted(arrived, coming, program);
  expectColumns(routed, coming);
  expectCustomerKeys(routed, coming);
}

interface LateFailure {
  arrived: readonly KafkaRecord[];
  /** Those of the later orders that arrived while the query started. */
  during: readonly WebOrder[];
  jobs: readonly { state: string }[];
  program: EndedSql;
}

function failLater(coming: readonly WebOrder[], { arrived, during, jobs, program }: LateFailure): never {
  const large = coming.filter(isLarge);
  const ids = new Set(arrived.map((record) => fieldOf(jsonOf(record), 'id')));
  const missing = large.filter(({ id }) => !ids.has(id));
  const isGap = missing.length < large.length && missing.every((order) => during.includes(order));
  const [first] = missing;
  const when = first && during.includes(first) ? 'while the query started' : 'while it ran';
  return fail({
    message: `big-orders holds ${large.length - missing.length} of the ${large.length} large orders that arrived after the start. The first missing one is ${first?.id}, which arrived ${when}. ${jobsInWords(program, jobs)}${ownEnding(program)}`,
    expected: 'The query keeps running, and each order that arrives is routed within seconds.',
    ...whyLater({ jobs, isGap, program }),
  });
}

function whyLater({ jobs, isGap, program }: Pick<LateFailure, 'jobs' | 'program'> & { isGap: boolean }): Explanation {
  if (readsNoMore(program, jobs)) return QUERY_ENDED;
  return { question: isGap ? 'Which of your queries reads an order that arrives while they start?' : '' };
}
