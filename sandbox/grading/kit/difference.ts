/** What differs between a value that was found and the one that was expected: the first field, by its path, and how many more. */
import { isDeepStrictEqual } from 'node:util';
import { counted } from '#lessons/counted.ts';
import { fieldOf } from './decode.ts';

export interface Difference {
  /** Where it is, or that it is missing or too many, as the end of a sentence: `customer is "Bo" and not "Ada"`. */
  words: string;
  /** Path of the field: `lines[1].sku`; empty where the whole value differs. */
  path: string;
  /** As JSON, cut to where they differ. */
  found: string;
  expected: string;
}

interface Pair {
  path: string;
  found: unknown;
  expected: unknown;
}

/**
 * Says where two values, as JSON gives them, differ.
 *
 * @throws Error when they do not
 */
export function differenceBetween(found: unknown, expected: unknown): Difference {
  const [first, ...others] = pairsOf({ path: '', found, expected });
  if (!first) throw new Error('the two values are the same');
  const surplus = first.found === undefined ? others.find((pair) => pair.expected === undefined) : undefined;
  const more = others.length - (surplus ? 1 : 0);
  const rest = more > 0 ? `${counted(more, 'other field')} ${more === 1 ? 'differs' : 'differ'}` : '';
  const words = [wordsFor(first), surplus ? wordsFor(surplus) : '', rest].filter(Boolean).join(', and ');
  return { words, path: first.path, ...shownPair(first) };
}

/** Returns the innermost pairs that differ: those of expected fields in their order, then fields too many. */
function pairsOf(pair: Pair): Pair[] {
  const { path, found, expected } = pair;
  if (isDeepStrictEqual(found, expected)) return [];
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) return [pair];
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const own = (value: object, name: string) => (Object.hasOwn(value, name) ? fieldOf(value, name) : undefined);
  const pairs = names.flatMap((name) =>
    pairsOf({ path: pathOf(path, name, Array.isArray(expected)), found: own(found, name), expected: own(expected, name) }),
  );
  return pairs.length > 0 ? pairs : [pair];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pathOf(path: string, name: string, isPlace: boolean): string {
  if (isPlace) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}

function wordsFor(pair: Pair): string {
  const name = pair.path || 'the value';
  if (pair.found === undefined) return `${name} is missing`;
  if (pair.expected === undefined) return `${name} does not belong there`;
  const { found, expected } = shownPair(pair);
  return `${name} is ${found} and not ${expected}`;
}

/** Characters of a value that are shown, and how many of them are before the first that differs. */
const SHOWN = 40;
const BEFORE = 12;

function shownPair({ found, expected }: Pair): { found: string; expected: string } {
  if (typeof found !== 'string' || typeof expected !== 'string') return { found: cut(found), expected: cut(expected) };
  const [own, other] = [[...found], [...expected]];
  const place = own.findIndex((letter, index) => letter !== other[index]);
  const isShort = own.length <= SHOWN && other.length <= SHOWN;
  const from = isShort ? 0 : Math.max(0, (place < 0 ? own.length : place) - BEFORE);
  const [ownPart, otherPart] = [partOf(own, from), partOf(other, from)];
  const isAlike = plain(found) === plain(expected);
  return isAlike ? { found: byNumber(ownPart), expected: byNumber(otherPart) } : { found: ownPart, expected: otherPart };
}

function partOf(letters: readonly string[], from: number): string {
  const part = letters.slice(from, from + SHOWN).join('');
  return `${from > 0 ? '…' : ''}${JSON.stringify(part)}${letters.length > from + SHOWN ? '…' : ''}`;
}

function cut(value: unknown): string {
  const letters = [...(JSON.stringify(value) ?? 'nothing')];
  return letters.length <= SHOWN ? letters.join('') : `${letters.slice(0, SHOWN - 1).join('')}…`;
}

/** Returns a text without what the eye does not see: spaces, invisible characters, and how accents are written. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/[\p{C}\p{Z}]/gu, '');
}

/** What is written as `\u{308}`: marks, invisible characters, and spaces but for a single one between letters. */
const UNSEEN = /[\p{M}\p{C}]|(?! )\p{Z}| (?=[ "])|(?<=[ "]) /gu;

function byNumber(shown: string): string {
  return shown.replace(UNSEEN, (letter) => String.raw`\u{${letter.codePointAt(0)?.toString(16)}}`);
}
