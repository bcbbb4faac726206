import type { Files } from '#sandbox/protocol/identifiers.ts';

/** Returns whether both sets hold the same names with the same texts, in any order. */
export function sameFiles(left: Files, right: Files): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
