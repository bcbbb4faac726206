import { expect, test } from 'vitest';
import { attemptsLeft } from '../../../site/src/client/attempts.ts';

const NOW = new Date(2026, 0, 1, 14, 20).getTime();
const at = (minute: number) => new Date(2026, 0, 1, 14, minute).toISOString();

test.each([
  [null, null, false],
  [{ left: 10, limit: 10, freeAt: null }, null, false],
  [{ left: 4, limit: 10, freeAt: at(28) }, null, false],
  [{ left: 3, limit: 10, freeAt: at(28) }, '3 checks left, one more at 14:28', false],
  [{ left: 1, limit: 10, freeAt: at(28) }, '1 check left, one more at 14:28', false],
  [{ left: 0, limit: 10, freeAt: at(28) }, 'Next check at 14:28', true],
  [{ left: 0, limit: 10, freeAt: at(19) }, '1 check left', false],
])('of %j the page says %j', (attempts, words, isNone) => {
  expect(attemptsLeft(attempts, NOW)).toEqual({ words, isNone });
});
