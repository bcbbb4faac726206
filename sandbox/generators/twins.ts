import type { Random } from './random.ts';

/** Pairs that are the same once every letter outside ASCII is lost; the last also once text is normalised. */
const TWINS: readonly (readonly [string, string])[] = [
  ['Zoë Müller', 'Zoé Müller'],
  ['Łukasz Żak', 'Łukasz Źak'],
  ['王小明', '王小红'],
  ['Нина Петрова', 'Нина Петрово'],
  ['Jos\u00e9 Ruiz', 'Jose\u0301 Ruiz'],
];

/** Returns the names of two customers that differ only outside ASCII. */
export function drawTwins(random: Random): readonly [string, string] {
  return random.pick(TWINS);
}

/** Whether two of these names differ only outside ASCII. */
export function haveTwins(names: readonly string[]): boolean {
  const rests = new Set(names.map((name) => name.normalize('NFD').replaceAll(/\P{ASCII}/gu, '')));
  return rests.size < new Set(names).size;
}
