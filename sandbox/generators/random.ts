/** A random source that its seed fixes: the same seed gives the same draws on every machine. */
export interface Random {
  /** Whole number in `[min, max]`. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * A random source for one purpose of one seed. Streams of different labels do not influence each other, so adding a draw to one
 * leaves the others as they are.
 *
 * @param seed whole number of 32 bits
 * @param label what the draws are for: `topics`, `inputs/orders`
 */
export function createRandom(seed: number, label: string): Random {
  const next = sfc32(splitmix32((seed ^ hashText(label)) >>> 0));
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    pick<T>(items: readonly T[]): T {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from: the list is empty');
      return item;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const rest = [...items];
      const shuffled: T[] = [];
      while (rest.length > 0) shuffled.push(...rest.splice(int(0, rest.length - 1), 1));
      return shuffled;
    },
  };
}

/** Chris Doty-Humphrey's sfc32: small, fast, passes PractRand. Gives numbers in `[0, 1)`. */
function sfc32(seeds: () => number): () => number {
  let [a, b, c, counter] = [seeds(), seeds(), seeds(), 1];
  const next = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

/** Spreads one seed over as many 32-bit numbers as are asked for. */
export function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
