import { expect, test } from 'vitest';
import { breaksOf } from '#lessons/breaks.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readConfig } from '#sandbox/config.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { parseSqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';
import { lateRecord, POISON } from '#sandbox/runs/added-record.ts';

const catalog = await loadCatalog(readConfig().lessonsDir);
const exercises = catalog.modules
  .flatMap(({ lessons }) => lessons)
  .flatMap(({ id, exercise }) => (exercise ? [catalog.exercise(id)] : []));
const WATERMARK = Date.parse('2026-03-02T08:05:20.000Z');

test('every exercise can be killed, and a late record of each of its inputs differs from its last in its time alone', () => {
  expect(exercises.length).toBeGreaterThan(4);
  for (const { lesson, spec } of exercises) {
    const { records } = drawRound(spec, VISIBLE_SEED);
    expect(breaksOf(spec)[0], lesson).toEqual({ kind: 'kill', topics: [] });
    for (const topic of breaksOf(spec).find(({ kind }) => kind === 'late')?.topics ?? []) {
      const last = JSON.parse(records[topic]?.at(-1)?.value ?? '');
      const late = lateRecord(records[topic] ?? [], WATERMARK);
      const row = JSON.parse(late?.value ?? '');
      expect(Object.keys(row), lesson).toEqual(Object.keys(last));
      const changed = Object.keys(row).filter((name) => row[name] !== last[name]);
      expect(changed, lesson).toHaveLength(1);
      expect(parseSqlTimestamp(row[changed[0] ?? '']), lesson).toBeLessThan(WATERMARK - 60_000);
    }
  }
});

test('every value of an input is JSON, so that the poison is what no consumer of it can parse', () => {
  for (const { spec } of exercises)
    for (const records of Object.values(drawRound(spec, VISIBLE_SEED).records))
      for (const { value } of records) expect(JSON.parse(value)).toBeTypeOf('object');
  expect(() => JSON.parse(POISON.value)).toThrow();
});

test('of records without a time, none is late', () => {
  expect(lateRecord([{ key: 'a', value: '{"id":"a"}' }], WATERMARK)).toBeNull();
  expect(lateRecord([], WATERMARK)).toBeNull();
});
