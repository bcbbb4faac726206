import { expect, test } from 'vitest';
import { modeSigns, modeWords } from '../../../site/src/client/changelog-mode.ts';

test.each([
  ['+I', '+I', 'new rows'],
  ['+I +U', '+U', 'updates, without the row that they replace'],
  ['+I -U +U', '±U', 'updates, each with the row that it replaces'],
  ['+I -U +U -D', '±U −D', 'updates, each with the row that it replaces, and deletions'],
  ['+U -D', '+U −D', 'updates, without the row that they replace, and deletions'],
  ['+I -D', '+I −D', 'new rows, and deletions'],
  ['-D', '−D', 'deletions'],
])('an operator that emits %s has %s on its arrow', (mode, signs, words) => {
  expect([modeSigns(mode), modeWords(mode)]).toEqual([signs, words]);
});
