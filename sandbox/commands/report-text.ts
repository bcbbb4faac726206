import { counted } from '#lessons/counted.ts';
import { visible } from '#lessons/visible.ts';
import type { CheckResult, Evidence, Report } from '#sandbox/protocol/report.ts';

const MARKS = { pass: 'pass   ', fail: 'FAIL   ', skipped: 'skipped' };

/** Formats a report for a terminal: one line per check, the first failure in full. */
export function reportText(report: Report): string {
  const { lesson, status, checks, seed, rounds, error } = report;
  const first = checks.find((check) => check.status === 'fail');
  const text = [
    ...(status === 'fail' ? causeOf(report.output) : []),
    ...checks.flatMap((check) => [`${MARKS[check.status]}  ${check.title}`, ...(check === first ? details(check) : [])]),
    ...(status === 'fail' ? printed(report.output) : []),
    '',
    error === null
      ? `${lesson}: ${status}, seed ${seed}, ${counted(rounds, 'round')}`
      : `${lesson}: could not be judged. ${error} The program is not the cause.`,
  ].join('\n');
  return visible(text);
}

function details(check: CheckResult): string[] {
  if (check.status !== 'fail') return [];
  const { round, message, expected, question, diagnosis, evidence } = check;
  return [
    `         Observed   ${message} (round ${round})`,
    `         Expected   ${expected}`,
    ...(question ? [`         Question   ${question}`] : []),
    ...(diagnosis === null ? [] : [`         Diagnosis  ${diagnosis}`]),
    ...evidence.slice(0, 5).map((one) => `         ${whereFound(one)}  ${one.observed}  (expected: ${one.expected})`),
  ];
}

/** The error that ended the program, and what to do. */
function causeOf({ cause }: Report['output']): string[] {
  const { message = null, place = null, hint = null } = cause ?? {};
  const lines = [
    ...(message === null ? [] : [`The program ended with an error${place === null ? '' : ` at ${place}`}: ${message}`]),
    ...(hint === null ? [] : [`Hint: ${hint}`]),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

function printed({ lastLines = [] }: Report['output']): string[] {
  return lastLines.length === 0 ? [] : ['', 'The last lines that the program printed:', ...lastLines.map((line) => `  ${line}`)];
}

function whereFound(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'record':
      return `${evidence.topic}/${evidence.partition}@${evidence.offset}`;
  }
}
