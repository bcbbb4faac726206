/** A seeded random source: the same seed gives the same draws on every machine. */
export interface Random {
  /** Returns a whole number in `[min, max]`. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * Returns a random source for one purpose of a seed. Different labels give independent streams, so adding a draw to one leaves the
 * rest unchanged.
 *
 * @param seed 32-bit integer
 * @param label what the draws are for: `topics`, `inputs/orders`
 */
export function createRandom(seed: number, label: string): Random {
  const next = sfc32(splitmix32((seed ^ hashText(label)) >>> 0));
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    pick<T>(items: readonly T[]): T {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
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

/** Returns a source of numbers in `[0, 1)`: Chris Doty-Humphrey's sfc32, which is small, fast and passes PractRand. */
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

/** Returns a source that spreads one seed over any number of 32-bit numbers. */
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

/** Returns the FNV-1a hash of a text's code points. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
