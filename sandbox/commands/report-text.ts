import type { CheckResult, Evidence, Report } from '#sandbox/protocol/report.ts';

const MARKS = { pass: 'pass   ', fail: 'FAIL   ', skipped: 'skipped' };

/** Formats a report for a terminal: one line per check, the first failure in full. */
export function reportText(report: Report): string {
  const { lesson, status, checks, seed, rounds, error } = report;
  const first = checks.find((check) => check.status === 'fail');
  return [
    ...checks.flatMap((check) => [`${MARKS[check.status]}  ${check.title}`, ...(check === first ? details(check) : [])]),
    '',
    error === null
      ? `${lesson}: ${status}, seed ${seed}, ${rounds} rounds`
      : `${lesson}: could not be judged. ${error} The program is not the cause.`,
  ].join('\n');
}

function details(check: CheckResult): string[] {
  if (check.status !== 'fail') return [];
  const { round, message, expected, question, diagnosis, evidence } = check;
  return [
    `         Observed   ${message} (round ${round})`,
    `         Expected   ${expected}`,
    `         Question   ${question}`,
    ...(diagnosis === null ? [] : [`         Diagnosis  ${diagnosis}`]),
    ...evidence.slice(0, 5).map((one) => `         ${whereFound(one)}  ${one.observed}  (expected: ${one.expected})`),
  ];
}

function whereFound(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'record':
      return `${evidence.topic}/${evidence.partition}@${evidence.offset}`;
  }
}
