import { describe, expect, test } from 'vitest';
import { operatorName } from '#sandbox/lens/operator-name.ts';
import { operatorSays } from '#sandbox/lens/operator-says.ts';
import { partsOf } from '#sandbox/lens/plan-text.ts';
import { windowNoun, windowShort } from '#sandbox/lens/window-words.ts';

/** As Flink 2.2.1 writes them. */
const PLANNED: [string, string, string][] = [
  [
    'TableSourceScan',
    '(table=[[default_catalog, default_database, rides, watermark=[-(began_at, 5000:INTERVAL SECOND)]]], fields=[id, zone, began_at])',
    'Reads the records of rides as rows; its watermark follows began_at, 5 s behind the newest.',
  ],
  [
    'TableSourceScan',
    '(table=[[default_catalog, default_database, zones]], fields=[zone])',
    'Reads the records of zones as rows.',
  ],
  [
    'Calc',
    '(select=[zone, began_at], where=[(id <> 3)])',
    'Leaves out rows unless (id <> 3); passes on zone, began_at; keeps nothing.',
  ],
  ['Calc', '()', 'Passes on each row; keeps nothing.'],
  ['Calc', '(select=[id, UPPER(status) AS EXPR$1])', 'Passes on id, UPPER(status) of each row; keeps nothing.'],
  [
    'LocalWindowAggregate',
    "(groupBy=[sensor], window=[TUMBLE(time_col=[at], size=[1 min])], select=[sensor, COUNT(*) AS count1$0, MAX(celsius) AS max$1, slice_end('w$) AS $slice_end])",
    'Counts rows, finds the highest celsius per sensor and minute ahead, so that fewer rows travel on; keeps them in memory until the watermark moves on.',
  ],
  [
    'GlobalWindowAggregate',
    "(groupBy=[sensor], window=[TUMBLE(slice_end=[$slice_end], size=[1 min])], select=[sensor, COUNT(count1$0) AS n, start('w$) AS window_start])",
    'Puts together what the local windows computed per sensor and minute; keeps one row of state per sensor and open window, and passes it on when the watermark reaches the end of the window.',
  ],
  [
    'GroupAggregate',
    '(groupBy=[customer], select=[customer, SUM(amount_cents) AS revenue, COUNT(DISTINCT kind) AS kinds])',
    'Sums amount_cents, counts distinct kind per customer; keeps one row of state per customer.',
  ],
  ['GroupAggregate', '(select=[COUNT(*) AS n])', 'Counts rows; keeps one row of state.'],
  [
    'Join',
    '(joinType=[InnerJoin], where=[(zone = zone0)], select=[id, zone, zone0, city])',
    'Joins rows of both inputs where zone = zone0; keeps every row of both, for a match may come at any time.',
  ],
  ['Something', '(of=[a])', ''],
];

describe('what an operator does to rows', () => {
  test.each(PLANNED)('%s%s', (type, parameters, says) => {
    expect(operatorSays(type, parameters)).toBe(says);
  });

  test('is one sentence for whatever the plan holds, and never a part of a bracket or a name that the planner made', () => {
    const types = [
      'TableSourceScan',
      'Calc',
      'GroupAggregate',
      'WindowAggregate',
      'Rank',
      'Deduplicate',
      'Join',
      'Match',
      'Writer',
      'Collect',
    ];
    const lists = ['a', 'a, b', 'CASE(a, b) AS c', "IF((a > 1), 'x, y', 'z') AS EXPR$0", ''];
    for (const type of types)
      for (const select of lists)
        for (const by of lists.slice(0, 2)) {
          const says = operatorSays(
            type,
            `(groupBy=[${by}], partitionBy=[${by}], key=[${by}], select=[${select}], where=[(a = 1)])`,
          );
          expect(says, `${type} ${select}`).toMatch(/^[A-Z].*[.…]$/s);
          expect(says.length).toBeLessThanOrEqual(260);
          expect(says).not.toMatch(/ {2}|EXPR\$|\w=\[|undefined/);
        }
  });

  test('splits a list only at its own commas', () => {
    expect(partsOf("a, F(b, c) AS d, 'e, f', G('it''s, x')")).toEqual(['a', 'F(b, c) AS d', "'e, f'", "G('it''s, x')"]);
    expect(partsOf('')).toEqual([]);
  });
});

describe('a window in words', () => {
  test.each([
    ['TUMBLE(time_col=[at], size=[1 min])', 'TUMBLE 1 min', 'minute'],
    ['TUMBLE(slice_end=[$slice_end], size=[10 s])', 'TUMBLE 10 s', 'window of 10 s'],
    [
      'HOP(time_col=[at], size=[10 min], slide=[5 min])',
      'HOP 10 min, every 5 min',
      'window of 10 min, one of which begins every 5 min',
    ],
    [
      'CUMULATE(time_col=[at], max_size=[1 h], step=[10 min])',
      'CUMULATE up to 1 h, by 10 min',
      'window that grows by 10 min up to 1 h',
    ],
    ['SESSION(time_col=[at], gap=[1 min], partition keys=[zone])', 'SESSION gap 1 min', 'session, which a pause of 1 min ends'],
    ["TumblingGroupWindow('w$, at, 60000)", 'TUMBLE 1 min', 'minute'],
    ["SlidingGroupWindow('w$, at, 120000, 30000)", 'HOP 2 min, every 30 s', 'window of 2 min, one of which begins every 30 s'],
    ["SessionGroupWindow('w$, at, 90000)", 'SESSION gap 90 s', 'session, which a pause of 90 s ends'],
  ])('%s', (text, short, noun) => {
    expect([windowShort(text), windowNoun(text)]).toEqual([short, noun]);
  });
});

test("the names of Flink's operators are short words", () => {
  const types =
    'TableSourceScan Calc LocalWindowAggregate GlobalWindowAggregate GroupAggregate IntervalJoin LookupJoin Writer Collect Rank Expand'.split(
      ' ',
    );
  expect(types.map(operatorName)).toEqual([
    'Source',
    'Calc',
    'Local window',
    'Global window',
    'Group',
    'Interval join',
    'Lookup join',
    'Sink',
    'Result',
    'Top rows',
    'Expand',
  ]);
});
