import { visible } from '#lessons/visible.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';

/** Formats a report as JUnit XML, one test case per check, for CI systems that show such files. */
export function junitOf({ lesson, checks, error, status, output }: Report): string {
  const count = (wanted: CheckResult['status']) => checks.filter((check) => check.status === wanted).length;
  const skipped = status === 'error' ? 0 : count('skipped');
  const errors = status === 'error' ? checks.length : 0;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(lesson)}" tests="${checks.length}" failures="${count('fail')}" errors="${errors}" skipped="${skipped}">`,
    ...checks.map(
      (check) => `  <testcase classname="${escaped(lesson)}" name="${escaped(check.title)}">${outcome(check, error)}</testcase>`,
    ),
    ...(status === 'fail' && output.lastLines ? [`  <system-out>${escaped(output.lastLines.join('\n'))}</system-out>`] : []),
    '</testsuite>',
    '',
  ].join('\n');
}

function outcome(check: CheckResult, error: string | null): string {
  if (error !== null) return `<error message="${escaped(error)}"/>`;
  if (check.status === 'skipped') return '<skipped/>';
  if (check.status === 'pass') return '';
  const { message, expected, question, diagnosis } = check;
  return `<failure message="${escaped(message)}" type="${escaped(diagnosis ?? 'fail')}">${escaped([expected, question].filter(Boolean).join('\n'))}</failure>`;
}

// XML 1.0 cannot represent most control characters; their marks it can.
function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
