import type { Grammar } from '../code/grammar.ts';

/**
 * Colours code well enough for the first paint. Returns one HTML line for each line of `text`, so that the field and the block under it have
 * the same lines. Runs at build time and in the page's inline script. The page carries the function's source text, so it may use nothing
 * outside itself and its arguments.
 */
export function highlight(text: string, { source, flags }: Grammar): string {
  const plain = (part: string) => part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const span = (kind: string, part: string) =>
    part
      .split('\n')
      .map((line) => (line ? `<span class="${kind}">${plain(line)}</span>` : ''))
      .join('\n');

  let html = '';
  let end = 0;
  for (const match of text.matchAll(new RegExp(source, flags))) {
    const kind = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0];
    html += plain(text.slice(end, match.index)) + (kind ? span(kind, match[0]) : plain(match[0]));
    end = match.index + match[0].length;
  }
  html += plain(text.slice(end));
  return html
    .split('\n')
    .map((line) => `<span class="l">${line}\n</span>`)
    .join('');
}
