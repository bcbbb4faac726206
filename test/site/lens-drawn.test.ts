/** What the lens draws of records and groups, rendered without a browser. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import type { GroupSample } from '../../site/src/client/group-history.ts';
import { RecordLog } from '../../site/src/client/record-log.ts';
import { LensBody } from '../../site/src/islands/LensBody.tsx';
import { LensTable } from '../../site/src/islands/LensTable.tsx';

const TOPIC: LensTopic = {
  name: 'rides',
  partitions: [
    { partition: 0, start: '0', end: '4' },
    { partition: 1, start: '0', end: '2' },
  ],
};

function logOf(value: (n: number) => string, keyOf: (n: number) => string | null): RecordLog {
  const log = new RecordLog({ rides: 'driver' });
  const places = [
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [0, 3],
  ] as const;
  for (const [n, [partition, offset]] of places.entries()) {
    const record = { partition, offset: String(offset), timestampMs: 1_000 + n, key: keyOf(n), value: value(n), headers: [] };
    log.add('rides', [record], 0);
  }
  return log;
}

function groupOf(members: Record<string, number[]>): LensGroup {
  return {
    name: 'billing',
    state: 'Stable',
    generation: null,
    members: Object.entries(members).map(([clientId, own]) => ({
      ...{ id: clientId, clientId },
      partitions: own.map((partition) => ({ topic: 'rides', partition })),
    })),
    offsets: [
      { topic: 'rides', partition: 0, committed: '1', end: '4', lag: '3' },
      { topic: 'rides', partition: 1, committed: null, end: '2', lag: null },
    ],
  };
}

function drawn(records: RecordLog, history: readonly GroupSample[] = []): string {
  const groups = history.at(-1)?.groups ?? [];
  const props = { topic: TOPIC, records, groups, history, live: false, marked: false, needRecords: undefined };
  return renderToStaticMarkup(createElement(LensBody, props));
}

function labels(html: string): string[] {
  return [...html.matchAll(/data-record="[^"]+">.*?<text[^>]*>([^<]*)<\/text>/g)].map(([, label = '']) => label);
}

describe('a square', () => {
  test('has the key of its record, filled', () => {
    const html = drawn(
      logOf(
        () => '{"driver":"Bo"}',
        () => 'Ada',
      ),
    );
    expect(labels(html)).toEqual(Array(6).fill('Ada'));
    expect(html).not.toContain('keyless');
  });

  test('has the field that the lesson names where there is no key, in a dashed frame', () => {
    const html = drawn(
      logOf(
        (n) => `{"driver":"d${n % 2}"}`,
        () => null,
      ),
    );
    expect(new Set(labels(html))).toEqual(new Set(['d0', 'd1']));
    expect(html.match(/rec-o keyless/g)).toHaveLength(6);
  });

  test('has its number in the order of arrival where there is neither', () => {
    expect(
      labels(
        drawn(
          logOf(
            () => 'oops',
            () => null,
          ),
        ),
      ),
    ).toEqual(['1', '3', '4', '6', '2', '5']);
  });
});

describe('beside the lanes', () => {
  const records = logOf(
    () => '{}',
    () => 'a',
  );
  const two = { atMs: 2_000, groups: [groupOf({ 'worker-1': [0], 'worker-2': [1] })] };

  test('only the end stands where no group reads', () => {
    const html = drawn(records);
    expect(html).toContain('<span class="num">end</span>');
    for (const none of ['committed<', 'lag<', 'class="lag"', 'class="members"', 'owner']) expect(html).not.toContain(none);
  });

  test('stand committed offset, lag and owner, and a row a member below', () => {
    const html = drawn(records, [two]);
    expect(html).toMatch(/<span class="num">4<\/span><span class="num">1<\/span><span class="num">3<\/span>/);
    expect(html).toMatch(/<span class="num">2<\/span><span class="num">none<\/span><span class="num">all<\/span>/);
    expect([...html.matchAll(/class="tn">([^<]+)</g)].map(([, name]) => name)).toEqual(['worker-1', 'worker-2']);
    expect(html.match(/class="committed"/g)).toHaveLength(1);
  });

  test('stands nobody, and for how long, where a group has members and none owns the partition', () => {
    const html = drawn(records, [
      two,
      { atMs: 5_000, groups: [groupOf({ 'worker-2': [1] })] },
      { atMs: 6_500, groups: [groupOf({ 'worker-2': [1] })] },
    ]);
    expect(html).toContain('<b>nobody</b><span class="why">for 1.5 s</span>');
    expect(html.match(/class="gone"/g)).toHaveLength(1);
  });
});

test('the table has what the drawing has: numbers, keys or what stands for them, and the groups', () => {
  const records = logOf(
    (n) => `{ "driver": "d${n}",  "cents": 1.50e2 }`,
    (n) => (n === 0 ? 'Ada' : null),
  );
  const history = [{ atMs: 2_000, groups: [groupOf({ 'worker-1': [0, 1] })] }];
  const props = { topic: TOPIC, records, groups: history[0]!.groups, history, needRecords: undefined };
  const html = renderToStaticMarkup(createElement(LensTable, props)).replaceAll('&quot;', '"');
  const cells = [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell),
  );
  const rows = cells.filter((row) => row.length === 8);
  expect(rows.map(([number, partition, offset]) => [number, partition, offset])).toEqual([
    ['1', '0', '0'],
    ['3', '0', '1'],
    ['4', '0', '2'],
    ['6', '0', '3'],
    ['2', '1', '0'],
    ['5', '1', '1'],
  ]);
  expect(rows[0]?.slice(3, 5)).toEqual(['Ada', '']);
  expect(rows[1]?.slice(3, 5)).toEqual(['<i class="none">no key</i>', 'd2']);
  expect(rows[1]?.[7]).toBe('{ "driver": "d2",  "cents": 1.50e2 }');
  expect(cells.filter((row) => row.length === 5).map((row) => row.join(' '))).toEqual([
    '0 4 1 3 worker-1',
    '1 2 none all worker-1',
  ]);
});
