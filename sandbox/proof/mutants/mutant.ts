/** A mutant is a solution with one small change. A grader that passes it either misses something, or the change makes no difference. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Edit } from './contract/edit.ts';

export interface Mutant {
  /** Operator, line and short text: the same while that part of the solution is the same. */
  id: string;
  files: Files;
  /** The changed lines, with `-` and `+`. */
  diff: string;
}

const SHORT = 44;

/** Applies each edit on its own. What equals the solution or another mutant is left out. */
export function mutantsOf(files: Readonly<Files>, editsOf: (text: string) => readonly Edit[]): Mutant[] {
  const mutants: Mutant[] = [];
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const seen = new Set([text]);
    const ids = new Map<string, number>();
    for (const edit of editsOf(text)) {
      const changed = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
      if (seen.has(changed)) continue;
      seen.add(changed);
      const id = (index > 0 ? `${name} ` : '') + idOf(text, edit);
      const nth = (ids.get(id) ?? 0) + 1;
      ids.set(id, nth);
      mutants.push({ id: nth > 1 ? `${id} #${nth}` : id, files: { ...files, [name]: changed }, diff: diffOf(text, changed) });
    }
  }
  return mutants;
}

function idOf(text: string, { operator, start, end, text: after }: Edit): string {
  const removed = text.slice(start, end);
  const [space] = /^[\s,]*/.exec(removed) ?? [''];
  const before = short(removed.slice(space.length));
  const line = text.slice(0, start + space.length).split('\n').length;
  if (before === '') return `${operator} ${line}: + ${short(after)}`;
  return `${operator} ${line}: ${before}${after.trim() === '' ? '' : ` -> ${short(after)}`}`;
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > SHORT ? `${line.slice(0, SHORT - 1)}…` : line;
}

function diffOf(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const same = old.findIndex((line, index) => line !== now[index]);
  const first = same < 0 ? old.length : same;
  let tail = 0;
  const most = Math.min(old.length, now.length) - first;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lines = (all: string[], mark: string) => all.slice(first, all.length - tail).map((line) => `${mark} ${line}`);
  return [...lines(old, '-'), ...lines(now, '+')].join('\n');
}
