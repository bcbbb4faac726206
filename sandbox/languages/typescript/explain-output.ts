import type { OutputCause } from '#sandbox/protocol/report.ts';
import { type ExerciseNames, OUTPUT_END } from '../contract/language.ts';
import { OUTPUT_HINTS, type OutputHint } from './output-hints.ts';

/** The end of what Node writes when an error ended a program. */
const NODES_END = /\n\nNode\.js v\d[^\n]*$/;
/** Where Node was, the line of code, and marks under it. */
const NODES_HEAD = /^(?:(?:file:\/\/|node:|\/)[^\n]*|undefined|<anonymous_script>):\d+$(?=\n)/gm;
const FRAME = /^ {4}at /;
/** Longest message that is shown. */
const MAX_MESSAGE = 600;

/**
 * Returns what ended a program, read from what it printed: the error's message, its line in a file of the learner, and what to do. Null when
 * the output tells neither an error nor a known trouble.
 *
 * @param printed what it printed, of which the end is read
 */
export function explainOutput(printed: string, names: ExerciseNames): OutputCause | null {
  const output = printed.slice(-OUTPUT_END);
  const error = uncaught(output);
  const hint = hintOf(OUTPUT_HINTS, error ?? output, names) ?? hintOf(OUTPUT_HINTS, output, names);
  if (error === null) return hint === null ? null : { message: null, place: null, hint };
  return { message: messageOf(error), place: placeOf(error), hint };
}

/** Returns what to do about a trouble that a program goes on trying to get over; null when its output shows none. */
export function earlyHint(output: string, names: ExerciseNames): string | null {
  return hintOf(
    OUTPUT_HINTS.filter(({ early }) => early),
    output.slice(-OUTPUT_END),
    names,
  );
}

function hintOf(hints: readonly OutputHint[], text: string, names: ExerciseNames): string | null {
  for (const { said, hint } of hints) {
    const match = said.exec(text);
    if (match) return hint(match, names);
  }
  return null;
}

/** Returns Node's report of the error that ended a program, from its head to its last frame. */
function uncaught(output: string): string | null {
  const text = output.replaceAll('\r\n', '\n').trimEnd();
  const end = NODES_END.exec(text);
  if (!end) return null;
  const heads = [...text.slice(0, end.index).matchAll(NODES_HEAD)];
  const head = heads.findLast(({ index }) => !FRAME.test(text.slice(text.lastIndexOf('\n', index) + 1)));
  return head ? text.slice(head.index, end.index) : null;
}

/** Returns what follows the marked line of code, up to the first frame. */
function messageOf(error: string): string {
  const lines = error.split('\n').slice(1);
  const marked = lines.findIndex((line) => /^\s*\^+\s*$/.test(line));
  const rest = lines.slice(marked + 1);
  const frame = rest.findIndex((line) => FRAME.test(line));
  const said = (frame < 0 ? rest : rest.slice(0, frame)).join('\n').trim();
  const message = said
    .replace(/\n?\(Use `node --trace-uncaught[^\n]*/, '')
    .replace(/ \{$/, '')
    .replace(/^\w*: (?=\w+(?:Error|Exception)\b)/, '')
    .trim();
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
}

/** Returns the first place in a file of the learner: `main.ts:3`. */
function placeOf(error: string): string | null {
  for (const [, path, line] of error.matchAll(/(?:^|[\s(])(?:file:\/\/)?(\/[^\s()]+\.\w+):(\d+)/gm)) {
    if (path && !path.includes('/node_modules/')) return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
  }
  return null;
}
