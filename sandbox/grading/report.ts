/** What becomes of the verdicts of rounds: the rules of a report, without any I/O. */
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import type { Verdict } from './judge/ipc.ts';

/** What the report shows of a program's output. */
export const MAX_SHOWN_OUTPUT = 16 * 1024;

export interface RoundOutcome {
  /** From 1. */
  round: number;
  verdicts: readonly Verdict[];
}

/** Whether every check of the round has passed. */
export function roundPassed({ verdicts }: RoundOutcome): boolean {
  return verdicts.every(({ status }) => status === 'pass');
}

/** Whether a round decides its submission: one that failed does, and so does the last. */
export function isDecided(outcome: RoundOutcome, rounds: number): boolean {
  return outcome.round === rounds || !roundPassed(outcome);
}

/**
 * A check as the report shows it. A failed round ends the submission's rounds, so the checks of the last round that was run are those
 * of the report: what passed there has passed in every round before.
 *
 * @param titles titles of the exercise's checks by id, in their order
 */
export function checkResults({ round, verdicts }: RoundOutcome, titles: Readonly<Record<string, string>>): CheckResult[] {
  return Object.entries(titles).map(([id, title]) => {
    const verdict = verdicts.find((one) => one.id === id);
    return verdict ? checkResult(verdict, { title, round }) : { id, title, status: 'skipped', needs: null };
  });
}

export function checkResult(verdict: Verdict, { title, round }: { title: string; round: number }): CheckResult {
  const { id } = verdict;
  switch (verdict.status) {
    case 'pass':
      return { id, title, status: 'pass' };
    case 'skipped':
      return { id, title, status: 'skipped', needs: verdict.needs };
    case 'fail': {
      const { diagnosis = null, evidence = [], ...finding } = verdict.finding;
      return { id, title, status: 'fail', round, ...finding, diagnosis, evidence };
    }
  }
}

type Facts = Omit<Report, 'version' | 'status' | 'score' | 'checks' | 'error'>;

/** The report of a submission that was judged. */
export function judgedReport(facts: Facts, checks: CheckResult[]): Report {
  const passed = checks.filter(({ status }) => status === 'pass').length;
  const status = passed === checks.length ? 'pass' : 'fail';
  return { ...facts, version: 1, status, score: passed / checks.length, checks, error: null };
}

/** The report of a submission that we could not judge. It holds no verdict, and costs no attempt. */
export function faultReport(
  facts: Facts,
  { error, titles }: { error: string; titles: Readonly<Record<string, string>> },
): Report {
  const checks = Object.entries(titles).map(([id, title]) => ({ id, title, status: 'skipped' as const, needs: null }));
  return { ...facts, version: 1, status: 'error', score: 0, checks, error };
}

/** Most of the last lines of an output that a report keeps, and most characters of one. */
const LAST_LINES = 12;
const LINE_CHARACTERS = 300;
const FRAMES = /(?:^ {4}at [^\n]*(?:\n|$))+/gm;

/** Joins what a program printed, cut at what a report shows. */
export function shownOutput(chunks: readonly { text: string }[]): Report['output'] {
  const whole = chunks.map(({ text }) => text).join('');
  return { ...cutOutput(whole), lastLines: lastLinesOf(whole) };
}

function lastLinesOf(output: string): string[] {
  const lines = output.trimEnd().replace(FRAMES, foldFrames).split('\n').slice(-LAST_LINES);
  const cut = lines.map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line));
  return cut.join('') === '' ? [] : cut;
}

/** A stack is folded to its first frame. */
function foldFrames(frames: string): string {
  const [first, ...others] = frames.trimEnd().split('\n');
  return others.length === 0 ? frames : `${first}\n    … ${others.length} more frames\n`;
}

function cutOutput(output: string): Pick<Report['output'], 'text' | 'truncated'> {
  const bytes = Buffer.from(output);
  if (bytes.length <= MAX_SHOWN_OUTPUT) return { text: output, truncated: false };
  // A code point that the cut went through is left out.
  const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes.subarray(0, MAX_SHOWN_OUTPUT), { stream: true });
  return { text, truncated: true };
}
