import { describe, expect, test } from 'vitest';
import { endingOf, explainError } from '#sandbox/grading/kit/explain-missing.ts';

const exited = (exitCode: number) => ({ kind: 'exited' as const, exitCode, durationMs: 3210 });

describe('a program that a signal ended', () => {
  test('is said to have been ended by it, in the report', () => {
    expect(endingOf(exited(137))).toBe('The program was ended by SIGKILL after 3.2 seconds, from outside or by itself');
    expect(endingOf(exited(139))).toBe('The program was ended by SIGSEGV after 3.2 seconds');
  });

  test('is not asked about an error that it did not print, where the signal was sent', () => {
    const sent = explainError({ result: exited(143), output: '' });
    expect(sent.question).toContain('something else on this machine');
    expect(sent.diagnosis).toBeUndefined();
    expect(explainError({ result: exited(139), output: '' })).toEqual({ question: '', diagnosis: 'ENDED_WITH_AN_ERROR' });
  });
});

test('another exit code is told as such', () => {
  expect(endingOf(exited(3))).toBe('The program ended with exit code 3');
  expect(endingOf(exited(0))).toBe('The program ended by itself');
});
