import { expect, test } from 'vitest';
import { visible, visibleData } from '#lessons/visible.ts';

/** The property of Unicode by which each character that may not reach a page is known, apart from line feed and tab. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

test('of all code points, only control and direction characters and halves become marks; line feed and tab stay', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    const shown = visible(`a${character}b`).slice(1, -1);
    const stays = character === '\n' || character === '\t' || !HIDDEN.test(character);
    if (stays ? shown !== character : shown === character || HIDDEN.test(shown)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('each character has a mark of its own, and a mark is not marked again', () => {
  const marks = new Set<string>();
  let count = 0;
  for (let code = 0; code <= 0xffff; code++) {
    const shown = visible(String.fromCharCode(code));
    if (shown === String.fromCharCode(code)) continue;
    marks.add(shown);
    count += 1;
    expect(visible(shown)).toBe(shown);
  }
  expect(marks.size).toBe(count);
});

test.for([
  ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
  ['\u202eright', '⟨U+202E⟩right'],
  ['a\r\nb\rc\td', 'a\nb␍c\td'],
  ['\ud83d\ude00 \ud83d x \ude00', '\ud83d\ude00 ⟨U+D83D⟩ x ⟨U+DE00⟩'],
  ['Żółć, Ольга, 李雷', 'Żółć, Ольга, 李雷'],
] as const)('%j is shown as %j', ([text, shown]) => {
  expect(visible(text)).toBe(shown);
});

test('data of any depth have no hidden character left, in values and in names', () => {
  const hidden = '\u202e\u001b\u0000\ufeff';
  const data = { [hidden]: [hidden, { deep: [[hidden]], count: 3, none: null, yes: true }] };
  expect(JSON.stringify(visibleData(data))).not.toMatch(HIDDEN);
  expect(visibleData({ count: 3, none: null, list: [true] })).toEqual({ count: 3, none: null, list: [true] });
});
