import { describe, expect, test } from 'vitest';
import { paneAround } from '../../../../site/src/client/panes/pane-focus.ts';
import { afterNews, afterToggle, inOneColumn } from '../../../../site/src/client/panes/pane-moves.ts';
import { sizeAfterDrag, sizeAfterKey } from '../../../../site/src/client/panes/separator-move.ts';

const OPEN = { folded: [], both: false };

describe('output and report', () => {
  test('what has news opens, and the other folds', () => {
    const ran = afterNews(OPEN, 'output');
    expect(ran.folded).toEqual(['report']);
    expect(afterNews(ran, 'report').folded).toEqual(['output']);
    expect(afterNews(ran, 'output').folded).toEqual(['report']);
  });

  test('both stay open through any news once the learner has opened the second, until one is folded by hand', () => {
    const both = afterToggle(afterNews(OPEN, 'output'), 'report');
    expect(both.folded).toEqual([]);
    expect(afterNews(both, 'report').folded).toEqual([]);
    expect(afterNews(both, 'output').folded).toEqual([]);
    const one = afterToggle(both, 'output');
    expect(afterNews(one, 'output').folded).toEqual(['report']);
  });

  test('in one column with the text, either the text or a result is open, whatever was pressed', () => {
    let column = inOneColumn({ folded: ['output', 'report'], both: false }, 'text');
    for (const pane of ['report', 'output', 'text', 'text', 'output', 'report', 'text', 'report'] as const) {
      column = inOneColumn(afterToggle(column, pane), pane);
      const open = (['text', 'output', 'report'] as const).filter((one) => !column.folded.includes(one));
      expect(open.length === 0 || open.includes('text') !== (open.includes('output') || open.includes('report'))).toBe(true);
    }
  });
});

describe('a border', () => {
  const pane = { size: 400, min: 280, max: 500 };
  const key = (name: string, shiftKey = false) => sizeAfterKey({ key: name, shiftKey }, pane, 'ArrowLeft');

  test('moves by 16 px with an arrow, by 64 with Shift, in the direction of the arrow, and never past a limit', () => {
    expect([key('ArrowLeft'), key('ArrowRight'), key('ArrowLeft', true), key('ArrowRight', true)]).toEqual([416, 384, 464, 336]);
    expect(sizeAfterKey({ key: 'ArrowLeft', shiftKey: true }, { ...pane, size: 480 }, 'ArrowLeft')).toBe(500);
    expect(sizeAfterKey({ key: 'ArrowRight', shiftKey: true }, { ...pane, size: 300 }, 'ArrowLeft')).toBe(280);
  });

  test('goes to its limits with Home and End, and back to the design with Enter; other keys mean nothing', () => {
    expect([key('Home'), key('End'), key('Enter'), key('ArrowUp'), key('a')]).toEqual([280, 500, 'design', null, null]);
  });

  test('follows the pointer up to its limits', () => {
    expect([sizeAfterDrag(pane, 12.4), sizeAfterDrag(pane, 1e4), sizeAfterDrag(pane, -1e4)]).toEqual([412, 500, 280]);
  });
});

test('F6 goes round the panes that are there, either way, and begins at the first or the last', () => {
  const seen = ['text', 'code', 'lens'] as const;
  expect(seen.map((pane) => paneAround(seen, pane, 1))).toEqual(['code', 'lens', 'text']);
  expect(seen.map((pane) => paneAround(seen, pane, -1))).toEqual(['lens', 'text', 'code']);
  expect([paneAround(seen, null, 1), paneAround(seen, 'report', -1)]).toEqual(['text', 'lens']);
});
