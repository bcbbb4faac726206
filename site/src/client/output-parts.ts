/** Folds what Node writes about an error that ended a program: its stack hides the lines that the program printed. Pure. */
import type { OutputLine } from './output-lines.ts';

export type OutputPart =
  | { kind: 'line'; line: OutputLine }
  /** `own` counts the lines that name one of the learner's files. */
  | { kind: 'stack'; lines: readonly OutputLine[]; own: number };

const FRAME = /^\s+at /;
/** First line of Node's report: where it was. */
const HEAD = /^(?:file:\/\/|node:|\/).*:\d+$/;
const END = /^Node\.js v\d/;

/**
 * Returns lines and stacks in order. A stack is at least two frames in a row; when `isExplained`, what was said of the last error is shown
 * elsewhere, so all of Node's report is one stack.
 *
 * @param files names of the learner's files
 */
export function outputParts(lines: readonly OutputLine[], files: readonly string[], isExplained: boolean): OutputPart[] {
  const report = isExplained ? reportOf(lines) : null;
  const parts: OutputPart[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = report?.start === at ? report.end : endOfFrames(lines, at);
    const line = lines[at];
    if (line === undefined) break;
    if (end - at > 1) parts.push(stackOf(lines.slice(at, end), files));
    else parts.push({ kind: 'line', line });
    at = Math.max(end, at + 1);
  }
  return parts;
}

function stackOf(lines: readonly OutputLine[], files: readonly string[]): OutputPart {
  const isOwn = ({ text }: OutputLine) =>
    FRAME.test(text) && !text.includes('/node_modules/') && files.some((file) => text.includes(`/${file}:`));
  return { kind: 'stack', lines, own: lines.filter(isOwn).length };
}

function endOfFrames(lines: readonly OutputLine[], start: number): number {
  let end = start;
  while (FRAME.test(lines[end]?.text ?? '')) end++;
  return end;
}

/** Returns where Node's report of the error that ended the program begins, and where it ends. */
function reportOf(lines: readonly OutputLine[]): { start: number; end: number } | null {
  const end = lines.findLastIndex(({ stream, text }) => stream === 'stderr' && END.test(text)) + 1;
  if (end === 0) return null;
  const start = lines.slice(0, end).findLastIndex(({ stream, text }) => stream === 'stderr' && HEAD.test(text));
  return start < 0 ? null : { start, end };
}
