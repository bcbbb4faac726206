import { describe, expect, test } from 'vitest';
import { differenceBetween } from '#sandbox/grading/kit/difference.ts';

const ORDER = { id: 'o-1', customer: 'Zoë', totalCents: 1250, note: 'leave at the door', lines: [{ sku: 'a' }, { sku: 'b' }] };

describe('the sentence on what differs names the field', () => {
  test.each([
    ['a changed text', { ...ORDER, customer: 'ZOË' }, 'customer is "ZOË" and not "Zoë"'],
    ['a number as text', { ...ORDER, totalCents: '1250' }, 'totalCents is "1250" and not 1250'],
    ['a text that became null', { ...ORDER, note: null }, 'note is null and not "leave at the door"'],
    ['a field too many', { ...ORDER, source: 'web' }, 'source does not belong there'],
    ['a field that is missing', { ...ORDER, note: undefined }, 'note is missing'],
    ['a place in a list', { ...ORDER, lines: [{ sku: 'a' }, { sku: 'B' }] }, 'lines[1].sku is "B" and not "b"'],
    ['a shorter list', { ...ORDER, lines: [{ sku: 'a' }] }, 'lines[1] is missing'],
    ['an object in place of a list', { ...ORDER, lines: {} }, 'lines is {} and not [{"sku":"a"},{"sku":"b"}]'],
    ['a text in place of the whole', 'o-1', 'the value is "o-1" and not {"id":"o-1","customer":"Zoë","totalCent…'],
    ['a name that every object inherits', { ...ORDER, constructor: 1 }, 'constructor does not belong there'],
    [
      'the name of the prototype',
      JSON.parse(JSON.stringify(ORDER).replace('{', '{"__proto__":{},')),
      '__proto__ does not belong there',
    ],
  ])('of %s', (_, found, expected) => {
    expect(differenceBetween(found, ORDER).words).toBe(expected);
  });

  test('of a renamed one, with both names', () => {
    const { customer, ...rest } = ORDER;
    expect(differenceBetween({ ...rest, name: customer }, ORDER).words).toBe(
      'customer is missing, and name does not belong there',
    );
  });

  test('and says how many more differ', () => {
    expect(differenceBetween({ ...ORDER, customer: 'Z', totalCents: 1 }, ORDER).words).toBe(
      'customer is "Z" and not "Zoë", and 1 other field differs',
    );
    expect(differenceBetween({ id: 'o-1' }, ORDER).words).toBe('customer is missing, and 3 other fields differ');
  });
});

describe('two texts are cut to where they differ', () => {
  test('however late that is', () => {
    const long = `${'x'.repeat(500)}, ring twice, thank you`;
    const { found, expected } = differenceBetween({ note: long.replace('twice', 'once') }, { note: long });
    expect(found).toContain('ring once');
    expect(expected).toContain('ring twice');
    expect([found.length, expected.length].every((length) => length < 60)).toBe(true);
  });

  test('and what the eye cannot tell apart is written by its number', () => {
    expect(differenceBetween({ customer: 'Zoe\u0308' }, { customer: 'Zoë' }).words).toBe(
      String.raw`customer is "Zoe\u{308}" and not "Zoë"`,
    );
    expect(differenceBetween({ note: 'a b' }, { note: 'a  b ' }).words).toBe(
      String.raw`note is "a b" and not "a\u{20}\u{20}b\u{20}"`,
    );
    expect(differenceBetween({ note: 'a b' }, { note: 'a\u00a0b' }).words).toBe(String.raw`note is "a b" and not "a\u{a0}b"`);
  });

  test('and no letter is cut in two', () => {
    const { found } = differenceBetween({ note: `${'🚲'.repeat(60)}a` }, { note: `${'🚲'.repeat(60)}b` });
    expect(found.isWellFormed()).toBe(true);
  });
});
