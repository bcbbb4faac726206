import { describe, expect, test } from 'vitest';
import { breaksOf } from '#lessons/breaks.ts';
import { languages } from '#lessons/languages.ts';
import type { RunBreak } from '#sandbox/protocol/break.ts';
import type { LensJob } from '#sandbox/protocol/lens.ts';
import { breakOffers, breakSentence, breakTitle } from '../../../site/src/client/break-words.ts';

const INPUT = { generator: 'orders', count: 5 };
const kinds = (spec: Parameters<typeof breaksOf>[0]) => breaksOf(spec).map(({ kind }) => kind);
const AS_TOPIC = { orders: { ...INPUT, as: 'topic' as const }, prices: { ...INPUT, as: 'topic' as const } };

function job(state: string, watermarkMs: number | null): LensJob {
  const source = { id: 's', type: 'Source', name: 'Source', detail: '', says: '', parallelism: 1, inputs: [] };
  const numbers = { recordsIn: 0, recordsOut: 0, busyPercent: null, watermarkMs, changelogMode: null };
  const partitions = [{ topic: 'orders', partition: 0, watermarkMs }];
  return { jobId: 'j', statement: 1, state, operators: [{ ...source, ...numbers, partitions }] };
}

describe('what an exercise has to break', () => {
  test.each([
    ['a program that makes its own records', { language: 'ts', broker: 'shared', inputs: {} }, ['kill', 'pause']],
    [
      'a program that has its input in a file',
      { language: 'ts', broker: 'shared', inputs: { orders: { ...INPUT, as: 'module' } } },
      ['kill', 'pause'],
    ],
    ['a program that reads a topic', { language: 'ts', broker: 'shared', inputs: AS_TOPIC }, ['kill', 'pause', 'poison']],
    ['a program with a broker of its own', { language: 'ts', broker: 'dedicated', inputs: AS_TOPIC }, ['kill', 'poison']],
    ['a query', { language: 'flink-sql', broker: 'shared', inputs: AS_TOPIC }, ['kill', 'poison', 'late']],
  ] as const)('%s', (_what, spec, expected) => {
    expect(kinds(spec)).toEqual(expected);
  });
});

describe('what can be broken at a moment', () => {
  const program = { breaks: breaksOf({ language: 'ts', broker: 'shared', inputs: AS_TOPIC }), language: of('ts') };
  const query = { breaks: breaksOf({ language: 'flink-sql', broker: 'shared', inputs: AS_TOPIC }), language: of('flink-sql') };
  const shown = {
    run: { status: 'running', breaks: [], startedAt: 1_000 },
    ...{ jobs: [], statement: null, topic: null, now: 1_100 },
  } as const;
  const requests = (plan: typeof program | typeof query, change: object = {}) =>
    breakOffers(plan, { ...shown, ...change }).map(({ request }) => request);

  function of<Name extends keyof typeof languages>(name: Name) {
    return { name, ...languages[name] };
  }

  test.each(['none', 'sending', 'preparing', 'stopping', 'finished', 'error'])('nothing of a run that is %s', (status) => {
    expect(requests(program, { run: { ...shown.run, status } })).toEqual([null, null, null]);
  });

  test('all of a program that runs, with the record in the topic in front if that is an input', () => {
    expect(requests(program, { topic: 'prices' })).toEqual([
      { kind: 'kill' },
      { kind: 'pause' },
      { kind: 'poison', topic: 'prices' },
    ]);
    expect(requests(program, { topic: 'receipts' }).at(-1)).toEqual({ kind: 'poison', topic: 'orders' });
  });

  test('no second pause while one lasts', () => {
    const paused: RunBreak = { kind: 'pause', atMs: 9_000_000, runMs: 50, forMs: 80, record: null };
    const run = { ...shown.run, breaks: [paused] };
    expect(requests(program, { run, now: 1_129 })[1]).toBeNull();
    expect(requests(program, { run, now: 1_131 })[1]).toEqual({ kind: 'pause' });
  });

  test('of a query its job in front once it runs, and a late record once there is a watermark', () => {
    const poison = { kind: 'poison', topic: 'orders' };
    expect(requests(query)).toEqual([null, poison, null]);
    expect(requests(query, { jobs: [job('CREATED', null)], statement: 1 })).toEqual([null, poison, null]);
    expect(requests(query, { jobs: [job('RUNNING', 5)], statement: 2 })[0]).toBeNull();
    expect(requests(query, { jobs: [job('RUNNING', 5)], statement: 1 })).toEqual([
      { kind: 'kill', statement: 1 },
      poison,
      { kind: 'late', topic: 'orders' },
    ]);
  });

  test('each says on its button what it does', () => {
    expect(breakOffers(program, shown).map(({ words }) => words)).toEqual([
      'Kill my program',
      'Pause the broker',
      'Add a poison record',
    ]);
    expect(breakOffers(query, shown).map(({ words }) => words)).toEqual([
      'Kill the job',
      'Add a poison record',
      'Send a late record',
    ]);
  });
});

test('what was done is told with its place and its time', () => {
  const at = { atMs: Date.parse('2026-03-02T08:05:20.000Z'), runMs: 1_200 };
  const record = { topic: 'orders', partition: 1, offset: '24' };
  const done: RunBreak[] = [
    { kind: 'kill', ...at, forMs: null, record: null },
    { kind: 'pause', ...at, forMs: 8_000, record: null },
    { kind: 'poison', ...at, forMs: null, record },
    { kind: 'late', ...at, forMs: null, record },
  ];
  expect(done.map(breakTitle)).toEqual([
    'killed',
    'broker paused for 8 s',
    'poison record, partition 1, offset 24',
    'late record, partition 1, offset 24',
  ]);
  expect(breakSentence(done[2]!)).toMatch(/^Poison record, partition 1, offset 24 of orders, at \d\d:05:20\.$/);
});
