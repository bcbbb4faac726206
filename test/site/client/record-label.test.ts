import { describe, expect, test } from 'vitest';
import { identityOf } from '../../../site/src/client/record-label.ts';
import { RecordLog } from '../../../site/src/client/record-log.ts';

describe('what stands for a record', () => {
  test('is its key, even an empty one, whatever its value', () => {
    expect(identityOf({ key: 'Ada', value: '{"driver":"Bo"}' }, 'driver')).toBe('Ada');
    expect(identityOf({ key: '', value: '{"driver":"Bo"}' }, 'driver')).toBe('""');
  });

  test('is the field that the lesson names, where there is no key', () => {
    expect(identityOf({ key: null, value: '{"driver":"Bo","at":1}' }, 'driver')).toBe('Bo');
    expect(identityOf({ key: null, value: '{"driver":17}' }, 'driver')).toBe('17');
    expect(identityOf({ key: null, value: '{"driver":false}' }, 'driver')).toBe('false');
    expect(identityOf({ key: null, value: '{"driver":"Bo"}' }, undefined)).toBeNull();
  });

  test.each([
    null,
    '',
    'oops',
    '0xff00',
    '[1,2]',
    '"driver"',
    'null',
    '17',
    '{"other":1}',
    '{"driver":null}',
    '{"driver":{"name":"Bo"}}',
    '{"driver":["Bo"]}',
    '{"toString":1}',
    `{"note":"${'x'.repeat(3_000)}`,
    `${'['.repeat(100_000)}`,
  ])('is nothing for a value without it, and never an error (%#)', (value) => {
    expect(identityOf({ key: null, value }, 'driver')).toBeNull();
    expect(identityOf({ key: null, value }, '__proto__')).toBeNull();
    expect(identityOf({ key: null, value }, 'constructor')).toBeNull();
  });

  test('is cut where it is huge', () => {
    expect(identityOf({ key: null, value: JSON.stringify({ driver: 'x'.repeat(100_000) }) }, 'driver')).toHaveLength(201);
    expect(identityOf({ key: 'x'.repeat(2_000), value: null }, 'driver')).toHaveLength(201);
  });
});

describe('the log of a page', () => {
  const record = (offset: number, key: string | null, value = '{}') => ({
    ...{ partition: 0, offset: String(offset), key, value, headers: [] },
    timestampMs: offset,
  });

  test('gives a driver one colour, with a key and without', () => {
    const log = new RecordLog({ rides: 'driver' });
    log.add(
      'rides',
      [record(0, 'Ada'), record(1, null, '{"driver":"Bo"}'), record(2, null, '{"driver":"Ada"}'), record(3, 'Bo')],
      0,
    );
    const identities = [0, 1, 2, 3].map((offset) => log.at('rides', 0, offset)?.identity ?? null);
    expect(identities).toEqual(['Ada', 'Bo', 'Ada', 'Bo']);
    expect(identities.map((identity) => log.colour('rides', identity)?.index)).toEqual([1, 2, 1, 2]);
    expect(log.hasUnnamed('rides')).toBe(false);
  });

  test('knows which topics have records that only a number can name', () => {
    const log = new RecordLog({ rides: 'driver' });
    log.add('rides', [record(0, null, 'oops')], 0);
    expect([log.hasUnnamed('rides'), log.hasUnnamed('other')]).toEqual([true, false]);
  });

  test('keeps at most 4,000 records of a partition, and knows which of the others it would have to read again', () => {
    const log = new RecordLog();
    for (let page = 0; page < 20; page++) {
      log.add(
        'rides',
        Array.from({ length: 500 }, (_, index) => record(page * 500 + index, `key-${page * 500 + index}`)),
        0,
      );
      log.noteRead('rides', 0, { from: page * 500, to: page * 500 + 500 });
    }
    expect(log.count('rides')).toBe(4_000);
    expect([log.isKnown('rides', 0, 0), log.isKnown('rides', 0, 5_999), log.isKnown('rides', 0, 6_000)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(log.keys('rides')).toHaveLength(1_000);
  });

  test('knows that a place which was read and has no record never gets one', () => {
    const log = new RecordLog();
    log.add('rides', [record(0, 'a'), record(2, 'b')], 0);
    expect(log.isKnown('rides', 0, 1)).toBe(false);
    log.noteRead('rides', 0, { from: 0, to: 3 });
    expect([log.isKnown('rides', 0, 1), log.isKnown('rides', 0, 3)]).toEqual([true, false]);
  });
});
