import { describe, expect, test } from 'vitest';
import {
  isMark,
  isPrefix,
  markFrom,
  markOf,
  ownGroupName,
  PREFIX_BYTES,
  parseTopicName,
  prefixFrom,
  prefixOf,
  principalOf,
  topicName,
} from '#sandbox/tenancy/prefix.ts';

const MARK = '7777777';
const PREFIX = 'u77777770123abcd.';
/** As prefixes were before there were marks. */
const UNMARKED = 'u0123abcd.';

describe('a prefix', () => {
  test('is u, the mark, 8 characters of Crockford base 32 in lower case, and the delimiter', () => {
    expect(prefixFrom(MARK, Buffer.from('0000000000', 'hex'))).toBe('u777777700000000.');
    expect(prefixFrom(MARK, Buffer.from('ffffffffff', 'hex'))).toBe('u7777777zzzzzzzz.');
    expect(prefixFrom(MARK, Buffer.from('0000000001', 'hex'))).toBe('u777777700000001.');
  });

  test('differs whenever its random bytes differ', () => {
    const prefixes = Array.from({ length: 256 }, (_, byte) => prefixFrom(MARK, Buffer.from([byte, 0, byte, 7, 255 - byte])));
    expect(new Set(prefixes).size).toBe(256);
    expect(prefixes.every(isPrefix)).toBe(true);
    expect(PREFIX_BYTES).toBe(5);
  });

  test.each(['u0123abc.', 'u0123abcde.', 'u0123abci.', 'U0123abcd.', 'u0123abcd', 'x0123abcd.', ''])('is not %j', (text) => {
    expect(isPrefix(text)).toBe(false);
  });

  test('names its installation, unless it is from before installations had marks', () => {
    expect([markOf(PREFIX), markOf(UNMARKED), markOf('orders.')]).toEqual([MARK, null, null]);
    expect(isPrefix(UNMARKED)).toBe(true);
    const mark = markFrom(Buffer.from('ffffffffff', 'hex'));
    expect([mark, isMark(mark), isMark('7777777.'), isMark('')]).toEqual(['zzzzzzz', true, false, false]);
  });

  test('names its principal without the delimiter', () => {
    expect(principalOf(PREFIX)).toBe('u77777770123abcd');
  });
});

describe('a topic name', () => {
  test('is built from its parts and parsed back into them', () => {
    const name = topicName(PREFIX, 12, 'driver-events');
    expect(name).toBe('u77777770123abcd.12.driver-events');
    expect(parseTopicName(name)).toEqual({ prefix: PREFIX, generation: 12, logical: 'driver-events' });
  });

  test('is rejected before it is sent when longer than Kafka allows', () => {
    expect(() => topicName(PREFIX, 1, 'a'.repeat(250))).toThrow(RangeError);
  });

  test.each(['__consumer_offsets', 'orders', 'u0123abcd.orders', 'u0123abcd.1.', 'xu0123abcd.1.orders'])(
    'has no owner: %s',
    (name) => {
      expect(parseTopicName(name)).toBeNull();
    },
  );
});

test('reads the owner of a group or a topic from its name', () => {
  expect(prefixOf('u77777770123abcd.billing')).toBe(PREFIX);
  expect(prefixOf('u0123abcd.3.orders')).toBe(UNMARKED);
  expect(prefixOf('f5a5a608')).toBeNull();
  expect(ownGroupName(PREFIX, `${PREFIX}billing`)).toBe('billing');
  expect(ownGroupName(PREFIX, 'u0123abce.billing')).toBeNull();
});
