/**
 * How the operators of a job share the width of the lens: each has room for its words, none leaves the pane. Where there are more than
 * fit, a chain of operators becomes one, which the learner can open. Pure.
 */
import type { LensOperator } from '#sandbox/protocol/lens.ts';

/** Pixels that an operator needs for its name, its counts and its arrow. */
export const LEAST_WIDTH = 132;
/** Below this, one operator stands below the other. */
const PHONE_WIDTH = 480;
/** A narrower pane has operators in two rows before it chains any. */
const ONE_ROW_WIDTH = 852;

export interface StripCell {
  /** One, or the operators of a closed chain, in the order of flow. */
  operators: LensOperator[];
  /** Number of operators that read from the last one. */
  feeds: number;
  /** The opened chain that begins here; null for any other cell. */
  opens: { first: string; length: number } | null;
}

export interface StripLayout {
  /** Cells of a row; they share the width. */
  columns: number;
  cells: StripCell[];
}

interface StripRoom {
  /** Width of the strip in pixels. */
  width: number;
  /** First operators of the chains that the learner has opened. */
  opened: ReadonlySet<string>;
}

/** @param operators in the order of flow */
export function stripLayout(operators: readonly LensOperator[], { width, opened }: StripRoom): StripLayout {
  const feeds = (id: string) => operators.filter(({ inputs }) => inputs.includes(id)).length;
  const single = operators.map((operator) => ({ operators: [operator], feeds: feeds(operator.id), opens: null }));
  if (width < PHONE_WIDTH) return { columns: 1, cells: single };
  const most = Math.floor(width / LEAST_WIDTH);
  const room = most * (width < ONE_ROW_WIDTH ? 2 : 1);
  const isEnd = ({ operators: [only] }: StripCell) => only !== undefined && (only.inputs.length === 0 || feeds(only.id) === 0);
  const inner = chained(single, room, isEnd);
  const closed = inner.length > room ? chained(single, room, () => false) : inner;
  const cells = closed.flatMap((cell) => open(cell, opened, feeds));
  const rows = Math.max(1, Math.ceil(cells.length / most));
  return { columns: Math.ceil(cells.length / rows), cells };
}

/** Makes chains one, the longest first, and no more of them than it takes for `room` cells. */
function chained(cells: readonly StripCell[], room: number, staysAlone: (cell: StripCell) => boolean): StripCell[] {
  let result = [...cells];
  while (result.length > room) {
    const [longest] = runs(result, staysAlone).sort((a, b) => b.length - a.length || a.from - b.from);
    if (!longest) break;
    const length = Math.min(longest.length, result.length - room + 1);
    const merged = result.slice(longest.from, longest.from + length);
    const chain = { operators: merged.flatMap(({ operators }) => operators), feeds: merged.at(-1)?.feeds ?? 0, opens: null };
    result = [...result.slice(0, longest.from), chain, ...result.slice(longest.from + length)];
  }
  return result;
}

/** Returns the stretches of at least two cells in which each is read by the next alone, with the same parallelism. */
function runs(cells: readonly StripCell[], staysAlone: (cell: StripCell) => boolean): { from: number; length: number }[] {
  const found: { from: number; length: number }[] = [];
  let from = 0;
  for (let at = 1; at <= cells.length; at++) {
    const [before, after] = [cells[at - 1], cells[at]];
    if (before && after && !staysAlone(before) && !staysAlone(after) && isChain(before, after)) continue;
    if (at - from > 1) found.push({ from, length: at - from });
    from = at;
  }
  return found;
}

function isChain(before: StripCell, after: StripCell): boolean {
  const last = before.operators.at(-1);
  const [first] = after.operators;
  if (!last || !first || before.feeds !== 1) return false;
  return first.inputs.length === 1 && first.inputs[0] === last.id && first.parallelism === last.parallelism;
}

function open(cell: StripCell, opened: ReadonlySet<string>, feeds: (id: string) => number): StripCell[] {
  const [head] = cell.operators;
  const { length } = cell.operators;
  if (!head || length === 1 || !opened.has(head.id)) return [cell];
  return cell.operators.map((operator) => ({
    operators: [operator],
    feeds: feeds(operator.id),
    opens: operator === head ? { first: head.id, length } : null,
  }));
}
