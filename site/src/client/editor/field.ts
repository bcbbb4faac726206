/** The plain field of the built page, used until the editor takes over. */
import { difference } from '../text-difference.ts';
import type { EditorView } from './editor-view.ts';

/** The learner's place in the field. Offsets count UTF-16 code units. */
export interface FieldPlace {
  start: number;
  end: number;
  backward: boolean;
  scrollTop: number;
  scrollLeft: number;
  focused: boolean;
}

export interface Field extends EditorView {
  name: () => string;
  text: () => string;
  place: () => FieldPlace;
  onInput: (changed: (text: string) => void) => void;
  /** Resolves when no word is being composed and no pointer is down in the field, so that the editor can take over. */
  idle: () => Promise<void>;
}

export function openField(root: HTMLElement): Field {
  const scroller = required(root, '.field');
  const area = root.querySelector('textarea');
  if (!area) throw new Error('The editor has no field; components/Exercise.astro renders it.');
  const ink = required(root, '.field-ink');
  let faultLine: number | null = null;
  const draw = () => {
    // Asks the page's inline script to draw the block under the field.
    area.dispatchEvent(new Event('draw'));
    showFault();
  };
  const showFault = () => {
    ink.querySelector('.fault')?.classList.remove('fault');
    if (faultLine !== null) ink.children[faultLine - 1]?.classList.add('fault');
  };
  let busy = 0;
  let waiting: (() => void)[] = [];
  const settle = (change: number) => {
    busy = Math.max(0, busy + change);
    if (busy > 0) return;
    for (const go of waiting) go();
    waiting = [];
  };
  area.addEventListener('compositionstart', () => settle(1));
  area.addEventListener('compositionend', () => settle(-1));
  area.addEventListener('pointerdown', () => settle(1));
  window.addEventListener('pointerup', () => settle(-1));
  window.addEventListener('pointercancel', () => settle(-1));

  return {
    name: () => area.dataset.file ?? '',
    text: () => area.value,
    place: () => ({
      start: area.selectionStart,
      end: area.selectionEnd,
      backward: area.selectionDirection === 'backward',
      scrollTop: scroller.scrollTop,
      scrollLeft: scroller.scrollLeft,
      focused: document.activeElement === area,
    }),
    onInput(changed) {
      area.addEventListener('input', () => {
        // The plain field cannot follow a line through edits.
        faultLine = null;
        showFault();
        changed(area.value);
      });
    },
    idle: () => (busy === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    open({ name, text, readOnly }) {
      area.dataset.file = name;
      area.readOnly = readOnly;
      area.setAttribute('aria-label', readOnly ? `${name}, read-only` : `${name}, editor`);
      area.value = text;
      area.setSelectionRange(0, 0);
      draw();
      scroller.scrollTo(0, 0);
    },
    replace(text) {
      const change = difference(area.value, text);
      area.setRangeText(change.text, change.start, change.end, 'preserve');
      draw();
    },
    mark(fault) {
      faultLine = fault?.line ?? null;
      showFault();
    },
    reveal({ line, column, endLine, endColumn }) {
      const offset = (row: number, letter: number) =>
        area.value
          .split('\n')
          .slice(0, row - 1)
          .reduce((sum, { length }) => sum + length + 1, letter - 1);
      area.focus({ preventScroll: true });
      area.setSelectionRange(offset(line, column), offset(endLine, endColumn + 1));
      const row = ink.children[Math.max(0, line - 3)];
      scroller.scrollTo(0, row instanceof HTMLElement ? row.offsetTop : 0);
      area.scrollIntoView({ block: 'nearest' });
    },
  };
}

function required(root: HTMLElement, selector: string): HTMLElement {
  const element = root.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The editor has no ${selector}; components/Exercise.astro renders it.`);
  return element;
}
