/** The kinds of change that an operator emits, as the arrow after it shows them. Pure. */

const WORDS: Readonly<Record<string, string>> = {
  '+I': 'new rows',
  '±U': 'updates, each with the row that it replaces',
  '+U': 'updates, without the row that they replace',
  '−D': 'deletions',
};

/** Returns `+I`, `±U` or `±U −D` for `+I`, `+I -U +U` or `+I -U +U -D`; a mode with updates may always add rows. */
export function modeSigns(mode: string): string {
  const kinds = new Set(mode.split(' '));
  const update = kinds.has('+U') ? [kinds.has('-U') ? '±U' : '+U'] : [];
  const signs = [...update, ...(kinds.has('-D') ? ['−D'] : [])];
  return (update.length === 0 && kinds.has('+I') ? ['+I', ...signs] : signs).join(' ');
}

/** Returns the same in words: `updates, each with the row that it replaces, and deletions`. */
export function modeWords(mode: string): string {
  return modeSigns(mode)
    .split(' ')
    .map((sign) => WORDS[sign] ?? sign)
    .join(', and ');
}
