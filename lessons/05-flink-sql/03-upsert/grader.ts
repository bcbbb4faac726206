import { itemsOf } from '#sandbox/generators/generator.ts';
import { type Payment, payments as paymentGenerator, REGULAR_FROM_CENTS } from '#sandbox/generators/payments.ts';
import {
  counted,
  defineGrader,
  type EndedSql,
  endingOf,
  evidenceOf,
  explainSql,
  fail,
  fieldOf,
  foldByKey,
  type GraderContext,
  isSame,
  jsonOf,
  type KafkaRecord,
  placeOf,
  says,
  show,
  textOf,
} from '#sandbox/grading/kit/index.ts';

const CHANGED_WITHIN_MS = 25_000; // usually seconds, but a whole class may press Check at the same time
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
    message: `The record at ${placeOf(record)} does not have the columns customer and revenue_cents: ${show(textOf(record.value) ?? 'null')}.`,
    expected: '{"customer":"…","revenue_cents":…} as value.',
    question: 'Which columns does the table have, and which of them go into the value?',
    diagnosis: 'OTHER_COLUMNS',
    evidence: [evidenceOf(record, { observed: textOf(record.value), expected: 'customer and revenue_cents' })],
  });
}

function failUnknown(record: KafkaRecord, program: EndedSql): never {
  return fail({
    message: `${show(customerOf(record))} is in the table but has no payment in this round.`,
    expected: 'Only customers who appear in the payments.',
    question: 'Where do the rows that your INSERT writes come from?',
    diagnosis: says(program, /\bVALUES\b/i) ? 'ROWS_TYPED_IN' : 'OTHER_ROWS',
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
    message: `${arrived}, and ${customer} with ${total} cents is not in it. ${endingOf(program.result)}.`,
    expected: `A row for each customer whose orders less refunds are ${REGULAR_FROM_CENTS} cents or more.`,
    question:
      rows.length === 0
        ? 'Which of your statements writes, and can its target take what the query emits?'
        : 'Which customers are missing, and which are not?',
    diagnosis: explainMissing(missing, { written, rows, program }),
  });
}

function explainMissing(missing: readonly [string, number][], { written, program }: Omit<Given, 'payments'>) {
  if (written.length === 0) return explainSql(program, ['payments', 'revenue']);
  if (says(program, /\b(TUMBLE|HOP|CUMULATE|SESSION)\b/i)) return 'WINDOW_ADDED';
  if (new Set(written.map(({ key }) => textOf(key))).size === 1) return 'OTHER_PRIMARY_KEY';
  return missing.every(([, total]) => total === REGULAR_FROM_CENTS) ? 'LIMIT_NOT_EXACT' : 'OTHER_ROWS';
}

function expectKeys({ rows }: Given): void {
  for (const record of rows) {
    const key = parsed(textOf(record.key));
    const expected = { customer: customerOf(record) };
    if (isSame(key, expected)) continue;
    const isObject = typeof key === 'object' && key !== null;
    fail({
      message: `The row of ${show(customerOf(record))} has the key ${show(textOf(record.key) ?? 'none')}.`,
      expected: `${JSON.stringify(expected)} as key.`,
      question: 'Which columns make the key, and which format writes it?',
      diagnosis: isObject ? 'OTHER_PRIMARY_KEY' : 'KEY_NOT_AS_ASKED',
      evidence: [evidenceOf(record, { observed: textOf(record.key), expected })],
    });
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function expectTotals({ rows, payments }: Given): void {
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
  fail({
    message: `The row of ${first.customer} says ${show(textOf(first.record.value) ?? 'null')}.`,
    expected: `${first.total} cents there: the orders less the refunds.`,
    question: 'Which payments of that customer are in this number, and with which sign?',
    // For a customer with one order, a different aggregate can look like a forgotten refund.
    diagnosis: diagnoses.find((name) => name !== 'REFUNDS_NOT_SUBTRACTED') ?? 'REFUNDS_NOT_SUBTRACTED',
    evidence: wrong.map(({ record, expected }) => evidenceOf(record, { observed: textOf(record.value), expected })),
  });
}

function explainTotal(said: unknown, { total, own }: { total: number; own: readonly Payment[] }) {
  if (typeof said !== 'number' || said === total) return 'OTHER_COLUMNS';
  const orders = own.filter(({ kind }) => kind === 'order').reduce((sum, { amount_cents }) => sum + amount_cents, 0);
  const all = own.reduce((sum, { amount_cents }) => sum + amount_cents, 0);
  return orders !== total && (said === orders || said === all) ? 'REFUNDS_NOT_SUBTRACTED' : 'OTHER_AGGREGATE';
}

function expectNobodyBelow({ rows, payments }: Given): void {
  const totals = totalsOf(payments);
  const below = rows.filter((record) => !isRegular(totals.get(String(customerOf(record))) ?? 0));
  const [first] = below;
  if (!first) return;
  const totalOf = (record: KafkaRecord) => totals.get(String(customerOf(record))) ?? 0;
  fail({
    message: `Customers below the limit in the table: ${below.length}. ${customerOf(first)} has ${totalOf(first)} cents.`,
    expected: `No customer below ${REGULAR_FROM_CENTS} cents: a customer who falls below that leaves the table.`,
    question: 'What does the topic hold for a row that no longer exists?',
    diagnosis: below.every((record) => totalOf(record) === REGULAR_FROM_CENTS - 1) ? 'LIMIT_NOT_EXACT' : 'STILL_IN_THE_TABLE',
    evidence: below.map((record) => evidenceOf(record, { observed: textOf(record.value), expected: 'null, or no record' })),
  });
}

/** Runs the same statements without an end; fails unless later payments change the table and take rows out of it. */
async function expectChanges({ kafka, program, later }: GraderContext, { payments, written }: Given): Promise<void> {
  const all = [...payments, ...itemsOf(paymentGenerator, later.payments?.items)];
  const folded = (records: readonly KafkaRecord[]) => [...foldByKey(records).values()];
  const isDone = (records: readonly KafkaRecord[]) => {
    const rows = new Map(folded(records).map((record) => [customerOf(record), fieldOf(jsonOf(record), 'revenue_cents')]));
    const regulars = regularsOf(all);
    return rows.size === regulars.length && regulars.every(([customer, total]) => rows.get(customer) === total);
  };
  const running = await program.start();
  const waiting = { limitMs: CHANGED_WITHIN_MS, unless: running.ended };
  // The query has started once it writes rows again.
  await kafka.until('revenue', (records) => records.length > written.length, waiting);
  await kafka.produce('payments', later.payments?.records ?? []);
  await kafka.until('revenue', isDone, waiting);
  const { records, met } = await kafka.until('revenue', () => false, { ...waiting, limitMs: QUIET_MS });
  const states = (await running.jobs()).map(({ state }) => state);
  await running.kill();
  await running.ended;
  if (!met && !isDone(records)) failUnchanged(folded(records), { all, states, program });
  const given = { payments: all, program, written: records, rows: folded(records) };
  expectRows(given);
  expectKeys(given);
  expectTotals(given);
  expectNobodyBelow(given);
}

interface Unchanged {
  all: readonly Payment[];
  states: readonly string[];
  program: EndedSql;
}

function failUnchanged(rows: readonly KafkaRecord[], { all, states, program }: Unchanged): never {
  const regulars = new Map(regularsOf(all));
  const said = new Map(rows.map((record) => [String(customerOf(record)), fieldOf(jsonOf(record), 'revenue_cents')]));
  const customer = [...new Set([...regulars.keys(), ...said.keys()])].find((one) => said.get(one) !== regulars.get(one)) ?? '';
  return fail({
    message: `After more payments the table says ${show(said.get(customer) ?? 'nothing')} for ${customer}. State of the job: ${states.join(', ') || 'none started'}.`,
    expected: `${regulars.get(customer) ?? 'No row'} for that customer within seconds, while the query keeps running.`,
    question: 'What tells the query that there is nothing more to wait for?',
    diagnosis: says(program, /scan\.bounded|execution\.runtime-mode/i) ? 'QUERY_ENDED' : undefined,
  });
}
