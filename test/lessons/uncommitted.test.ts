import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { itemsOf } from '#sandbox/generators/generator.ts';
import { orders as orderGenerator } from '#sandbox/generators/orders.ts';
import { drawRound } from '#sandbox/generators/round.ts';
import type { Grader } from '#sandbox/grading/kit/grader.ts';
import { BY_OTHERS, firstFinding, recordsOf } from './grader-context.ts';

const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const exercise = catalog.exercise('log/append');
const { default: grader } = (await import(exercise.graderPath)) as { default: Grader };
const data = drawRound(exercise.spec, 7);
const orders = itemsOf(orderGenerator, data.inputs.orders).map((value) => ({ key: value.id, value }));
/** An open transaction keeps from readers what others append behind it as well. */
const others = [1, 2, 3].map((value) => ({ key: BY_OTHERS, value }));
const judge = (topics: Record<string, unknown>, uncommitted: Record<string, { key: string; value: unknown }[]>) => {
  const stored = (name: string) => recordsOf(name, name in topics ? orders : []);
  return firstFinding({
    ...{ grader, data, checks: Object.keys(exercise.spec.checks), topics: { orders: stored('orders'), receipts: [] } },
    uncommitted: Object.fromEntries(Object.entries(uncommitted).map(([name, rows]) => [name, recordsOf(name, rows)])),
  });
};

test('of records that are not committed, only those of the program are counted', async () => {
  const said = `${orders.length} records were written in a transaction that was not committed`;
  expect((await judge({}, { orders: [...orders, ...others] }))?.message).toContain(said);
  expect((await judge({ orders }, { receipts: [...orders, ...others] }))?.message).toContain(said);
});

test('a program that used no transaction is told of none', async () => {
  expect((await judge({}, { orders: others }))?.message).not.toContain('transaction');
  expect((await judge({ orders }, { receipts: others }))?.message).not.toContain('transaction');
});
