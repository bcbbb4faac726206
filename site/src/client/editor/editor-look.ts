/** How the editor looks and behaves, as the learner has chosen for all lessons of this browser. */
export interface EditorLook {
  /** px, one of `FONT_SIZES` */
  fontSize: number;
  /** Long lines go on in the next row. */
  wraps: boolean;
  /** Tab leaves the editor, and does not indent. */
  tabMoves: boolean;
  /** What a screen reader needs is always on; without it, Monaco looks for one. */
  forReader: boolean;
}

export const FONT_SIZES = [12, 13, 14, 16, 18, 20, 24] as const;
export const LOOK_KEY = 'streamwright:editor';

/** Returns the height of a row of text, px, on the grid of the design: 20 for 13. */
export function rowPx(fontSize: number): number {
  return Math.round((fontSize * 20) / 13);
}

/**
 * Returns the kept choice; what cannot be understood of it is as in the design. The page carries the function's source text, so it may use
 * nothing outside itself and its arguments.
 */
export function lookFrom(kept: string | null): EditorLook {
  const look: EditorLook = { fontSize: 13, wraps: true, tabMoves: false, forReader: false };
  try {
    const found: unknown = JSON.parse(kept ?? '{}');
    if (typeof found !== 'object' || found === null) return look;
    if ('fontSize' in found && typeof found.fontSize === 'number' && found.fontSize >= 12 && found.fontSize <= 24)
      look.fontSize = Math.round(found.fontSize);
    if ('wraps' in found && typeof found.wraps === 'boolean') look.wraps = found.wraps;
    if ('tabMoves' in found && typeof found.tabMoves === 'boolean') look.tabMoves = found.tabMoves;
    if ('forReader' in found && typeof found.forReader === 'boolean') look.forReader = found.forReader;
  } catch {
    // Whatever wrote this, the learner has an editor.
  }
  return look;
}

/** Shows the field as chosen. The page carries the function's source text, as that of `lookFrom`. */
export function showLook(editor: HTMLElement, { fontSize, wraps, tabMoves }: EditorLook): void {
  editor.style.setProperty('--code-size', `${fontSize}px`);
  editor.style.setProperty('--code-row', `${Math.round((fontSize * 20) / 13)}px`);
  editor.toggleAttribute('data-wraps', wraps);
  editor.toggleAttribute('data-tab-free', tabMoves);
}
