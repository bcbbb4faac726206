/** How the rounds of a submission share a range: each takes the next of its numbers. */
import type { Random } from './random.ts';

/** Whole numbers from the first to the second, both included. */
export type Range = readonly [number, number];

/** Returns the numbers of a range in random order, the first not a power of two where there is another: a remainder by one hides mistakes. */
export function partitionsInOrder(range: Range, random: Random): number[] {
  const numbers = random.shuffle(numbersOf(range));
  const first = numbers.find((number) => !isPowerOfTwo(number)) ?? numbers[0];
  return [...numbers.filter((number) => number === first), ...numbers.filter((number) => number !== first)];
}

/** Returns numbers of the lower and of the upper third of a range in turn, so that two rounds differ in size and a limit between them shows. */
export function countsInOrder(range: Range, random: Random): number[] {
  const numbers = numbersOf(range);
  const third = Math.max(1, Math.floor(numbers.length / 3));
  const thirds = random.shuffle([random.shuffle(numbers.slice(0, third)), random.shuffle(numbers.slice(-third))]);
  return Array.from({ length: third }, (_, index) => thirds.flatMap((own) => own[index] ?? [])).flat();
}

function numbersOf([first, last]: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number));
}
