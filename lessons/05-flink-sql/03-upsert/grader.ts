import { itemsOf } from '#sandbox/generators/generator.ts';
import { PAID_AT_ONCE } from '#sandbox/generators/payment-stories.ts';
import { type Payment, payments as paymentGenerator, REGULAR_FROM_CENTS } from '#sandbox/generators/payments.ts';
import {
  counted,
  defineGrader,
  differenceBetween,
  type EndedSql,
  type Explanation,
  evidenceOf,
  explainSql,
  fail,
  fieldOf,
  foldByKey,
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

export default defineGrader(async (context) => {
  const { kafka, program, inputs, check } = context;
  const payments = itemsOf(paymentGenerator, inputs.payments);
  await program.run();
  const written = await kafka.readAll('revenue');
  const given: Given = { payments, program, rows: [...foldByKey(written).values()], written };

  await check('rows', () => expectRows(given));
  await check('keys', { needs: 'rows' }, () => expectKeys(given));
  await check('totals', { needs: 'rows' }, () => expectTotals(given));
  await check('leaves', { needs: 'rows' }, () => expectNobodyBelow(given));
  await check('live', { needs: ['keys', 'totals', 'leaves'] }, () => expectChanges(context, given));
});

interface Given {
  payments: readonly Payment[];
  program: EndedSql;
  written: readonly KafkaRecord[];
  /** What the written records fold to. */
  rows: readonly KafkaRecord[];
}

/** Returns orders less refunds, by customer. */
function totalsOf(payments: readonly Payment[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { customer, kind, amount_cents } of payments) {
    totals.set(customer, (totals.get(customer) ?? 0) + (kind === 'refund' ? -amount_cents : amount_cents));
  }
  return totals;
}

const isRegular = (total: number) => total >= REGULAR_FROM_CENTS;

function regularsOf(payments: readonly Payment[]): [customer: string, total: number][] {
  return [...totalsOf(payments)].filter(([, total]) => isRegular(total));
}

const customerOf = (record: KafkaRecord) => fieldOf(jsonOf(record), 'customer');

function expectRows({ payments, program, rows, written }: Given): void {
  const totals = totalsOf(payments);
  const byCustomer = new Map<string, KafkaRecord>();
  for (const record of rows) {
    const customer = customerOf(record);
    if (typeof customer !== 'string' || fieldOf(jsonOf(record), 'revenue_cents') === undefined) failColumns(record);
    if (!totals.has(customer)) failUnknown(record, program);
    const other = byCustomer.get(customer);
    if (other) failTwoRows(customer, [other, record]);
    byCustomer.set(customer, record);
  }
  const missing = regularsOf(payments).filter(([customer]) => !byCustomer.has(customer));
  if (missing.length > 0) failMissing(missing, { written, rows, program });
}

function failColumns(record: KafkaRecord): never {
  return fail({
    message: `The record at ${placeOf(record)} does not have the columns customer and revenue_cents: ${whatIsOff(jsonOf(record))}.`,
    expected: '{"customer":"…","revenue_cents":…} as value.',
    question: 'Which columns does the table have, and which of them go into the value?',
    diagnosis: 'OTHER_COLUMNS',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'customer and revenue_cents' })],
  });
}

function whatIsOff(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'it is no JSON object';
  const customer = fieldOf(value, 'customer');
  const revenue_cents = fieldOf(value, 'revenue_cents') ?? 0;
  return differenceBetween(value, { customer: typeof customer === 'string' ? customer : '…', revenue_cents }).words;
}

function failUnknown(record: KafkaRecord, program: EndedSql): never {
  return fail({
    message: `The customer ${show(customerOf(record))} is in the table but has no payment in this round.`,
    expected: 'Only customers who appear in the payments.',
    ...(says(program, /\bVALUES\b/i)
      ? { question: 'Where do the rows that your INSERT writes come from?', diagnosis: 'ROWS_TYPED_IN' }
      : { question: '', diagnosis: 'OTHER_ROWS' }),
    evidence: [evidenceOf(record, { observed: customerOf(record), expected: 'a customer from the topic payments' })],
  });
}

function failTwoRows(customer: string, pair: readonly KafkaRecord[]): never {
  const [one, other] = pair.map(({ key }) => show(textOf(key) ?? 'no key'));
  return fail({
    message: `Folded by key, ${customer} has more than one row: one under ${one}, one under ${other}.`,
    expected: 'One row for each customer.',
    question: 'Which columns decide whether two records are the same row?',
    diagnosis: 'OTHER_PRIMARY_KEY',
    evidence: pair.map((record) => evidenceOf(record, { observed: textOf(record.value), expected: 'one row' })),
  });
}

function failMissing(missing: readonly [string, number][], { written, rows, program }: Omit<Given, 'payments'>): never {
  const [[customer, total] = ['', 0]] = missing;
  const count = counted(rows.length, 'row');
  const arrived = rows.length === 0 ? 'The table is empty' : `The table has ${count}`;
  return fail({
    message: `${arrived}, and ${customer} with ${total} cents is not in it.${ownEnding(program)}`,
    expected: `A row for each customer whose orders less refunds are ${REGULAR_FROM_CENTS} cents or more.`,
    ...explainMissing(missing, { written, program }),
  });
}

function explainMissing(
  missing: readonly [string, number][],
  { written, program }: Pick<Given, 'written' | 'program'>,
): Explanation {
  if (written.length === 0) return explainSql(program, ['payments', 'revenue']);
  if (says(program, /\b(TUMBLE|HOP|CUMULATE|SESSION)\b/i))
    return { diagnosis: 'WINDOW_ADDED', question: 'Which payments go into one total?' };
  if (new Set(written.map(({ key }) => textOf(key))).size === 1)
    return { diagnosis: 'OTHER_PRIMARY_KEY', question: 'Which columns decide whether two records are the same row?' };
  if (says(program, /\bDISTINCT\b/i))
    return { diagnosis: 'OTHER_AGGREGATE', question: 'Which payments of a missing customer go into the total?' };
  const atLimit = missing.every(([, total]) => total === REGULAR_FROM_CENTS);
  return { diagnosis: atLimit ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS', question: 'Which customers are missing, and which are not?' };
}

function expectKeys({ rows }: Given): void {
  for (const record of rows) {
    const key = jsonOf({ ...record, value: record.key });
    const expected = { customer: customerOf(record) };
    if (isSame(key, expected)) continue;
    const isObject = typeof key === 'object' && key !== null;
    const off = isObject ? `: ${differenceBetween(key, expected).words}` : '';
    fail({
      message: `The row of ${show(customerOf(record))} has the key ${show(textOf(record.key) ?? 'none')}${off}.`,
      expected: `${JSON.stringify(expected)} as key.`,
      question: 'Which columns make the key, and which format writes it?',
      diagnosis: isObject ? 'OTHER_PRIMARY_KEY' : 'KEY_NOT_AS_ASKED',
      evidence: [evidenceOf(record, { observed: textOf(record.key), expected })],
    });
  }
}

function expectTotals({ rows, payments, program }: Given): void {
  const totals = totalsOf(payments);
  const wrong = rows.flatMap((record) => {
    const customer = String(customerOf(record));
    const total = totals.get(customer) ?? 0;
    const expected = { customer, revenue_cents: total };
    return !isRegular(total) || isSame(jsonOf(record), expected) ? [] : [{ record, customer, total, expected }];
  });
  const [first] = wrong;
  if (!first) return;
  const diagnoses = wrong.map(({ record, customer, total }) => {
    const own = payments.filter((one) => one.customer === customer);
    return explainTotal(fieldOf(jsonOf(record), 'revenue_cents'), { total, own });
  });
  // For a customer with one order, a different aggregate can look like a forgotten refund.
  const diagnosis = diagnoses.find((name) => name !== 'REFUNDS_NOT_SUBTRACTED') ?? 'REFUNDS_NOT_SUBTRACTED';
  fail({
    message: `The row of ${first.customer} is not that of the task: ${differenceBetween(jsonOf(first.record), first.expected).words}.`,
    expected: `${first.total} cents there: the orders less the refunds.`,
    question: questionOf(diagnosis, program),
    diagnosis,
    evidence: wrong.map(({ record, expected }) => evidenceOf(record, { observed: textOf(record.value), expected })),
  });
}

const OTHER_QUERY = 'Which of your queries wrote that row, and what does the other one say of it?';

function questionOf(diagnosis: ReturnType<typeof explainTotal>, program: EndedSql): string {
  if (diagnosis === 'OTHER_COLUMNS') return 'Which columns does the table have, and of which type is each?';
  return hasTwoQueries(program) ? OTHER_QUERY : 'Which payments of that customer are in this number, and with which sign?';
}

function hasTwoQueries({ statements }: EndedSql): boolean {
  return statements.filter(({ kind }) => kind === 'insert').length > 1;
}

function explainTotal(said: unknown, { total, own }: { total: number; own: readonly Payment[] }) {
  const isCut = total !== (total | 0) && said === (total | 0);
  if (typeof said !== 'number' || said === total || isCut) return 'OTHER_COLUMNS';
  const orders = own.filter(({ kind }) => kind === 'order').reduce((sum, { amount_cents }) => sum + amount_cents, 0);
  const all = own.reduce((sum, { amount_cents }) => sum + amount_cents, 0);
  return orders !== total && (said === orders || said === all) ? 'REFUNDS_NOT_SUBTRACTED' : 'OTHER_AGGREGATE';
}

function expectNobodyBelow({ rows, payments, program }: Given): void {
  const totals = totalsOf(payments);
  const below = rows.filter((record) => !isRegular(totals.get(String(customerOf(record))) ?? 0));
  const [first] = below;
  if (!first) return;
  const totalOf = (record: KafkaRecord) => totals.get(String(customerOf(record))) ?? 0;
  fail({
    message: `Customers below the limit in the table: ${below.length}. ${customerOf(first)} has ${totalOf(first)} cents.`,
    expected: `No customer below ${REGULAR_FROM_CENTS} cents: a customer who falls below that leaves the table.`,
    ...explainBelow(below, { totalOf, program }),
    evidence: below.map((record) => evidenceOf(record, { observed: textOf(record.value), expected: 'null, or no record' })),
  });
}

interface Below {
  totalOf: (record: KafkaRecord) => number;
  program: EndedSql;
}

function explainBelow(below: readonly KafkaRecord[], { totalOf, program }: Below): Explanation {
  const diagnosis = 'STILL_IN_THE_TABLE';
  if (below.every((record) => totalOf(record) === REGULAR_FROM_CENTS - 1))
    return { diagnosis: 'LIMIT_NOT_EXACT', question: 'What does the condition say of a total just below the limit?' };
  if (hasTwoQueries(program)) return { diagnosis, question: OTHER_QUERY };
  const saysTotal = (record: KafkaRecord) => fieldOf(jsonOf(record), 'revenue_cents') === totalOf(record);
  return below.every(saysTotal)
    ? { diagnosis, question: 'Which condition keeps a customer in the table, and which total does it look at?' }
    : { diagnosis, question: 'What does the topic hold for a row that no longer exists?' };
}

/** Runs the same statements without an end; fails unless payments that arrive meanwhile and later change the table, and take rows out of it. */
async function expectChanges(context: GraderContext, { payments, written }: Given): Promise<void> {
  const { kafka, program, later } = context;
  const coming = itemsOf(paymentGenerator, later.payments?.items);
  const records = later.payments?.records ?? [];
  const untilDone = (all: readonly Payment[]) => kafka.until('revenue', (rows) => isDone(rows, all), live.waiting);

  const live = await startAmid(context, { topic: 'payments', records: records.slice(0, PAID_AT_ONCE) });
  // The query has started once it writes rows again.
  await kafka.until('revenue', (rows) => rows.length > written.length, live.waiting);
  await kafka.produce('payments', records.slice(await live.stopFeeding(), PAID_AT_ONCE));
  let all = [...payments, ...coming.slice(0, PAID_AT_ONCE)];
  const { met } = await untilDone(all);
  if (met) {
    await pauseOnce(context);
    await kafka.produce('payments', records.slice(PAID_AT_ONCE));
    all = [...payments, ...coming];
    await untilDone(all);
  }
  const last = await kafka.until('revenue', () => false, { ...live.waiting, limitMs: QUIET_MS });
  const jobs = await live.jobs();
  await live.kill();
  await live.ended;
  const given = { payments: all, program, written: last.records, rows: [...foldByKey(last.records).values()] };
  if (!isDone(last.records, all)) failUnchanged(given, jobs);
  expectRows(given);
  expectKeys(given);
  expectTotals(given);
  expectNobodyBelow(given);
}

/** Whether the records fold to the regular customers of these payments, whatever their keys and other columns are. */
function isDone(records: readonly KafkaRecord[], payments: readonly Payment[]): boolean {
  const folded = [...foldByKey(records).values()];
  const rows = new Map(folded.map((record) => [customerOf(record), fieldOf(jsonOf(record), 'revenue_cents')]));
  const regulars = regularsOf(payments);
  return rows.size === regulars.length && regulars.every(([customer, total]) => rows.get(customer) === total);
}

function failUnchanged({ rows, payments, program }: Given, jobs: readonly { state: string }[]): never {
  const regulars = new Map(regularsOf(payments));
  const said = new Map(rows.map((record) => [String(customerOf(record)), fieldOf(jsonOf(record), 'revenue_cents')]));
  const customer = [...new Set([...regulars.keys(), ...said.keys()])].find((one) => said.get(one) !== regulars.get(one)) ?? '';
  return fail({
    message: `After more payments the table says ${show(said.get(customer) ?? 'nothing')} for ${customer}. ${jobsInWords(program, jobs)}${ownEnding(program)}`,
    expected: `${regulars.get(customer) ?? 'No row'} for that customer within seconds, while the query keeps running.`,
    ...explainUnchanged(program, jobs),
  });
}

function explainUnchanged(program: EndedSql, jobs: readonly { state: string }[]): Explanation {
  if (readsNoMore(program, jobs)) return QUERY_ENDED;
  return { question: says(program, /state\.ttl|STATE_TTL/i) ? 'How long does the query remember what a customer has paid?' : '' };
}
