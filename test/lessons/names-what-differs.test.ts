import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { driverEvents } from '#sandbox/generators/driver-events.ts';
import { itemsOf } from '#sandbox/generators/generator.ts';
import { minutesOf } from '#sandbox/generators/minutes-of-readings.ts';
import { orders as orderGenerator } from '#sandbox/generators/orders.ts';
import { payments as paymentGenerator, REGULAR_FROM_CENTS } from '#sandbox/generators/payments.ts';
import { readings as readingGenerator } from '#sandbox/generators/readings.ts';
import { drawRound, type RoundData } from '#sandbox/generators/round.ts';
import { sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';
import { LARGE_ORDER_CENTS, webOrders } from '#sandbox/generators/web-orders.ts';
import type { Grader } from '#sandbox/grading/kit/grader.ts';
import { firstFinding, recordsOf } from './grader-context.ts';

const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const exercises = catalog.modules.flatMap(({ lessons }) => lessons.flatMap(({ exercise }) => exercise ?? []));

interface Row {
  key: string | null;
  value: Record<string, unknown>;
}

/** The right records of each lesson, by topic: those of the first are changed, and with them what the sentence has to name. */
const RIGHT: Readonly<Record<string, (data: RoundData) => [topic: string, rows: Row[]][]>> = {
  'log/append': ({ inputs }) => [
    ['orders', ordersOf(inputs.orders)],
    ['receipts', receiptsOf(inputs.orders)],
  ],
  'log/append, its receipts': ({ inputs }) => [
    ['receipts', receiptsOf(inputs.orders)],
    ['orders', ordersOf(inputs.orders)],
  ],
  'log/keys': ({ inputs }) => [
    ['driver-events', itemsOf(driverEvents, inputs['driver-events']).map((value) => ({ key: value.driver, value }))],
  ],
  'flink-sql/filter-route': ({ inputs }) => [['big-orders', largeOf(inputs.orders)]],
  'flink-sql/tumble': ({ inputs, later }) => [
    ['per-minute', minuteRows([...(inputs.readings ?? []), ...(later.readings?.items ?? [])])],
  ],
  'flink-sql/upsert': ({ inputs }) => [['revenue', revenueRows(inputs.payments)]],
};

function ordersOf(items: readonly unknown[] | undefined): Row[] {
  return itemsOf(orderGenerator, items).map((value) => ({ key: value.id, value }));
}

function receiptsOf(items: readonly unknown[] | undefined): Row[] {
  return itemsOf(orderGenerator, items).map(({ id }, index) => ({ key: id, value: { partition: 0, offset: String(index) } }));
}

function largeOf(items: readonly unknown[] | undefined): Row[] {
  return itemsOf(webOrders, items)
    .filter(({ total_cents }) => Number(total_cents) >= LARGE_ORDER_CENTS)
    .map(({ id, customer, status, total_cents }) => ({
      key: customer,
      value: { id, customer, status: status?.toUpperCase() ?? null, total_cents },
    }));
}

function minuteRows(items: readonly unknown[]): Row[] {
  return [...minutesOf(itemsOf(readingGenerator, items)).values()].map(({ sensor, startMs, endMs, readings, highest }) => ({
    key: null,
    value: { sensor, window_start: sqlTimestamp(startMs), window_end: sqlTimestamp(endMs), readings, highest },
  }));
}

function revenueRows(items: readonly unknown[] | undefined): Row[] {
  const totals = new Map<string, number>();
  for (const { customer, kind, amount_cents } of itemsOf(paymentGenerator, items)) {
    totals.set(customer, (totals.get(customer) ?? 0) + (kind === 'refund' ? -amount_cents : amount_cents));
  }
  return [...totals]
    .filter(([, total]) => total >= REGULAR_FROM_CENTS)
    .map(([customer, revenue_cents]) => ({ key: JSON.stringify({ customer }), value: { customer, revenue_cents } }));
}

const other = (value: unknown) => (typeof value === 'number' ? value + 7 : `${value}x`);
const otherType = (value: unknown) => (typeof value === 'number' ? String(value) : 7);

/** Ways in which a program gets one field of a row wrong. */
const CHANGES: readonly ((name: string, value: Row['value']) => Row['value'])[] = [
  (name, value) => ({ ...value, [name]: other(value[name]) }),
  (name, value) => ({ ...value, [name]: otherType(value[name]) }),
  (name, value) => ({ ...value, [name]: null }),
  (name, { [name]: _, ...rest }) => rest,
];

test.each(Object.entries(RIGHT))(
  'every sentence of %s on a value that differs names the field, whichever it is and however it differs',
  async (title, rightOf) => {
    const lesson = title.replace(/,.*/, '');
    const exercise = exercises.find((one) => one.lesson === lesson);
    if (!exercise) throw new Error(`no lesson ${lesson}`);
    const data = drawRound(exercise.spec, 7);
    const { default: grader } = (await import(exercise.graderPath)) as { default: Grader };
    const [[topic, rows], ...others] = rightOf(data) as [[string, Row[]], ...[string, Row[]][]];
    const judge = (changed: Row[]) =>
      firstFinding({
        ...{ grader, data, checks: Object.keys(exercise.spec.checks) },
        topics: Object.fromEntries([[topic, changed] as const, ...others].map(([name, all]) => [name, recordsOf(name, all)])),
      });
    const [first, ...rest] = rows;
    if (!first) throw new Error('no rows');
    for (const name of Object.keys(first.value)) {
      for (const change of CHANGES) {
        const value = change(name, first.value);
        if (isDeepStrictEqual(value, first.value)) continue;
        const message = (await judge([{ ...first, value }, ...rest]))?.message ?? 'passed';
        expect(message, JSON.stringify(value)).toMatch(new RegExp(String.raw`\b${name}\b`));
      }
    }
    if (title.startsWith('flink-sql/tumble')) return; // its columns are those of a table that nobody can change
    const message = (await judge([{ ...first, value: { ...first.value, added: 1 } }, ...rest]))?.message;
    expect(message).toContain('added does not belong there');
  },
);
