import { expect, test } from 'vitest';
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
