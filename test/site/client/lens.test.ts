import { describe, expect, test } from 'vitest';
import type { LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import { cellWidth, keyInCell, missingPages, span } from '../../../site/src/client/lens-layout.ts';
import { EMPTY_LENS, lensAfterEvent, lensOfEvidence, lensOfRun } from '../../../site/src/client/lens-state.ts';
import { RecordLog } from '../../../site/src/client/record-log.ts';

const record = (partition: number, offset: number, key: string | null): LensRecord => ({
  ...{ partition, offset: String(offset), key, value: null, headers: [] },
  timestampMs: offset,
});
const topic = (ends: number[], start = 0): LensTopic => ({
  name: 'orders',
  partitions: ends.map((end, partition) => ({ partition, start: String(start), end: String(end) })),
});

describe('a view of the log', () => {
  test('spans from the smallest start to the largest end', () => {
    expect(span(topic([5, 22, 14], 3))).toEqual({ start: 3, end: 22 });
    expect(span({ name: 'none', partitions: [] })).toEqual({ start: 0, end: 0 });
  });

  test('requests the pages that have unknown records', () => {
    const known = new Set([0, 1, 2, 501]);
    expect(missingPages({ first: 0, last: 3, size: 500, isKnown: (offset) => known.has(offset) })).toEqual([]);
    expect(missingPages({ first: 499, last: 503, size: 500, isKnown: (offset) => known.has(offset) })).toEqual([0, 500]);
  });
});

describe('the label of a record', () => {
  test('has a cell of 24 px for short keys and a wider one for longer keys, up to a limit', () => {
    expect([cellWidth(1), cellWidth(2), cellWidth(4), cellWidth(40)]).toEqual([24, 24, 40, 80]);
  });

  test('is the key without the prefix that all keys share, cut when too long', () => {
    expect(keyInCell('order-1041', 'order-', 40)).toBe('1041');
    expect(keyInCell('order-', 'order-', 80)).toBe('order-');
    expect(keyInCell('0b5c9a7e-1f2d', '', 80)).toBe('0b5c9…1f2d');
  });
});

describe('colours', () => {
  test('the first six keys get six colours in arrival order; the seventh is an outline', () => {
    const log = new RecordLog();
    log.add(
      'orders',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key, offset) => record(0, offset, key)),
      0,
    );
    expect(log.colour('orders', 'a')).toEqual({ index: 1, outlined: false });
    expect(log.colour('orders', 'f')).toEqual({ index: 6, outlined: false });
    expect(log.colour('orders', 'g')).toEqual({ index: 1, outlined: true });
    expect(log.colour('orders', null)).toBeNull();
  });

  test('the prefix that keys share ends at a separator', () => {
    const log = new RecordLog();
    log.add('orders', [record(0, 0, 'order-1041'), record(0, 1, 'order-1042')], 0);
    expect(log.sharedStart('orders')).toBe('order-');
    expect(log.keyLength('orders')).toBe(4);
  });

  test('a single key is shown whole', () => {
    const log = new RecordLog();
    log.add('orders', [record(0, 0, 'order-1041')], 0);
    expect(log.sharedStart('orders')).toBe('');
  });
});

describe('what the lens shows', () => {
  const running = lensAfterEvent(lensOfRun(EMPTY_LENS, 'r1'), { type: 'lens.topics', runId: 'r1', topics: [topic([0, 0])] }, 1);

  test('records land at their partition and offset, and move the end of their log', () => {
    const after = lensAfterEvent(
      running,
      { type: 'lens.records', runId: 'r1', topic: 'orders', records: [record(1, 0, 'a')] },
      2,
    );
    expect(after.records.at('orders', 1, 0)).toMatchObject({ key: 'a', arrivedAt: 2 });
    expect(after.topics[0]?.partitions.map(({ end }) => end)).toEqual(['0', '1']);
  });

  test('events of another run change nothing', () => {
    expect(lensAfterEvent(running, { type: 'lens.topics', runId: 'r2', topics: [] }, 2)).toBe(running);
  });

  test('a new run starts with an empty log', () => {
    const next = lensOfRun(running, 'r2');
    expect([next.topics, next.records.count('orders')]).toEqual([[], 0]);
  });

  test('evidence shows only the records that the check names', () => {
    const evidence = [
      { kind: 'record', topic: 'orders', partition: 2, offset: '41', key: 'a', observed: 'x', expected: 'y' },
      { kind: 'record', topic: 'orders', partition: 0, offset: '44', key: 'b', observed: 'x', expected: 'y' },
    ] as const;
    const check = {
      id: 'c',
      title: 'Order',
      status: 'fail',
      round: 2,
      message: '',
      expected: '',
      question: '',
      diagnosis: null,
      evidence,
    } as const;
    const view = lensOfEvidence(running, { ...check, evidence: [...evidence] }).evidence;
    expect(view?.topics).toEqual([
      { name: 'orders', partitions: [0, 1, 2].map((partition) => ({ partition, start: '39', end: '45' })) },
    ]);
    expect(view?.records.at('orders', 2, 41)?.key).toBe('a');
    expect(view?.records.at('orders', 1, 41)).toBeUndefined();
  });
});

test('the legend names what records are coloured by: their key, the field that stands for one, or both', () => {
  const withField = (one: LensRecord): LensRecord => ({ ...one, value: '{"driver":"17"}' });
  const colouredBy = (...records: LensRecord[]) => {
    const log = new RecordLog({ rides: 'driver' });
    log.add('rides', records, 0);
    return log.colouredBy('rides');
  };
  const [keyed, keyless] = [withField(record(0, 0, 'north')), withField(record(0, 1, null))];
  expect(colouredBy(keyed)).toBe('key');
  expect(colouredBy(keyless)).toBe('driver');
  expect(colouredBy(keyed, keyless)).toBe('key or driver');
});
