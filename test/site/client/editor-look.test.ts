import { expect, test } from 'vitest';
import { FONT_SIZES, lookFrom, rowPx } from '../../../site/src/client/editor/editor-look.ts';

const DESIGN = { fontSize: 13, wraps: true, tabMoves: false, forReader: false };

test('a kept choice comes back, and each part that cannot be understood is as in the design', () => {
  const chosen = { fontSize: 18, wraps: false, tabMoves: true, forReader: true };
  expect(lookFrom(JSON.stringify(chosen))).toEqual(chosen);
  expect(lookFrom('{"fontSize":"18","wraps":1,"tabMoves":true}')).toEqual({ ...DESIGN, tabMoves: true });
});

test.each([null, '', '{', '7', 'null', '"a"', '[]', '{"fontSize":-4}', '{"fontSize":1e9}', '{"fontSize":null}'])(
  'with %s kept, the editor is as in the design',
  (kept) => {
    expect(lookFrom(kept)).toEqual(DESIGN);
  },
);

test('each size has rows of whole pixels with room between them, and that of the design is 20', () => {
  expect(rowPx(13)).toBe(20);
  for (const size of FONT_SIZES) expect([Number.isInteger(rowPx(size)), rowPx(size) > size * 1.4]).toEqual([true, true]);
});
