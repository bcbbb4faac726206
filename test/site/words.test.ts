import { expect, test } from 'vitest';
import { endOfRun } from '../../site/src/client/words.ts';
import { paragraphsOf, plainText } from '../../site/src/course/inline-code.ts';

test('text in backticks is code, an empty line separates paragraphs', () => {
  expect(paragraphsOf('Print `topics` first.\n\n`acks: 0` is silent')).toEqual([
    [
      { code: false, text: 'Print ' },
      { code: true, text: 'topics' },
      { code: false, text: ' first.' },
    ],
    [
      { code: true, text: 'acks: 0' },
      { code: false, text: ' is silent' },
    ],
  ]);
});

test('a description has no backticks', () => {
  expect(plainText('`send` returns')).toBe('send returns');
});

test('the end of a run names the signal that ended it, and otherwise the exit code', () => {
  const exited = (exitCode: number) => endOfRun({ kind: 'exited', exitCode, durationMs: 3210 });
  expect(exited(137)).toBe('ended by SIGKILL after 3.2 s, from outside or by itself');
  expect(exited(139)).toBe('ended by SIGSEGV after 3.2 s');
  expect(exited(3)).toBe('exit 3 after 3.2 s');
});
