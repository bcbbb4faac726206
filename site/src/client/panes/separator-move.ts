/** px that an arrow moves a border, alone and with Shift. */
const STEP = { plain: 16, shift: 64 };

/** The size of the pane at a border. */
export interface Sized {
  size: number;
  min: number;
  max: number;
}

/**
 * Returns the size that a key at a border gives its pane; `design` for the one it had before it was changed, null when the key means
 * nothing there.
 *
 * @param grows the arrow that makes the pane larger
 */
export function sizeAfterKey(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  { size, min, max }: Sized,
  grows: string,
): number | 'design' | null {
  const step = shiftKey ? STEP.shift : STEP.plain;
  if (key === 'Enter') return 'design';
  if (key === 'Home') return min;
  if (key === 'End') return max;
  if (key === grows) return Math.min(max, size + step);
  if (key === OPPOSITE[grows]) return Math.max(min, size - step);
  return null;
}

const OPPOSITE: Record<string, string> = {
  ArrowRight: 'ArrowLeft',
  ArrowLeft: 'ArrowRight',
  ArrowDown: 'ArrowUp',
  ArrowUp: 'ArrowDown',
};

/** Returns the size after a drag of `px` in the direction in which the pane grows. */
export function sizeAfterDrag({ size, min, max }: Sized, px: number): number {
  return Math.round(Math.min(max, Math.max(min, size + px)));
}
