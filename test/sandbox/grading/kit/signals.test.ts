import { describe, expect, test } from 'vitest';
import { endingOf, errorQuestion, explainMissing } from '#sandbox/grading/kit/explain-missing.ts';

const exited = (exitCode: number) => ({ kind: 'exited' as const, exitCode, durationMs: 3210 });

describe('a program that a signal ended', () => {
  test('is said to have been ended by it, in the report', () => {
    expect(endingOf(exited(137))).toBe('The program was ended by SIGKILL after 3.2 seconds, from outside or by itself');
    expect(endingOf(exited(139))).toBe('The program was ended by SIGSEGV after 3.2 seconds');
  });

  test('is not asked about an error that it did not print, where the signal was sent', () => {
    expect(errorQuestion(exited(143))).toContain('something else on this machine');
    expect(explainMissing({ result: exited(137), output: '' })).toBeUndefined();
    expect(errorQuestion(exited(139))).toContain('Which line does the error name');
    expect(explainMissing({ result: exited(139), output: '' })).toBe('ENDED_WITH_AN_ERROR');
  });
});

test('another exit code is told as such', () => {
  expect(endingOf(exited(3))).toBe('The program ended with exit code 3');
  expect(endingOf(exited(0))).toBe('The program ended by itself');
});
