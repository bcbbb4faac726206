import type { Files } from '#sandbox/protocol/identifiers.ts';

/** Whether both sets hold the same names with the same texts, in whatever order. */
export function sameFiles(left: Files, right: Files): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
