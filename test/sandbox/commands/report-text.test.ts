import { expect, test } from 'vitest';
import { reportText } from '#sandbox/commands/report-text.ts';
import { fail, report } from '../proof/report-fixture.ts';

const cause = { message: 'Error: only on hidden data', place: 'main.ts:1', hint: 'Look there.' };
const withOutput = (output: object) => ({ ...report([fail('stored')]), output: { text: '', truncated: false, ...output } });

test('a failed report begins with the error of the program and its line, and ends with what it printed', () => {
  const text = reportText(withOutput({ cause, lastLines: ['one', 'two'] }));
  expect(text).toMatch(/^The program ended with an error at main\.ts:1: Error: only on hidden data\nHint: Look there\.\n/);
  expect(text).toContain('The last lines that the program printed:\n  one\n  two');
});

test('a report without an output, as older ones are, shows none', () => {
  expect(reportText(withOutput({}))).not.toMatch(/printed|error/);
});

test('what a program prints cannot move or turn the text of a terminal', () => {
  const text = reportText(withOutput({ cause: { ...cause, message: '\u001b[2J\u202e' }, lastLines: ['\u001b]0;x\u0007\r'] }));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(text).toContain('␛[2J⟨U+202E⟩');
});
