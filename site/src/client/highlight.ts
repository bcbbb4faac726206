/**
 * Colours TypeScript well enough for the first paint: comments, strings, numbers, words. One HTML line of the block under the field
 * for each line of `text`, so that both have the same lines. Runs at build, in the page's inline script and in the bundle; it is put
 * into the page by its source text, so it may use nothing outside itself.
 */
export function highlight(text: string): string {
  const words =
    'abstract|any|as|asserts|async|await|bigint|boolean|break|case|catch|class|const|constructor|continue|debugger|declare|default|' +
    'delete|do|else|enum|export|extends|false|finally|for|from|function|get|if|implements|import|in|infer|instanceof|interface|is|' +
    'keyof|let|module|namespace|never|new|null|number|object|of|out|override|package|private|protected|public|readonly|require|' +
    'return|satisfies|set|static|string|super|switch|symbol|this|throw|true|try|type|typeof|undefined|unique|unknown|using|var|void|while|with|yield';
  const token = new RegExp(
    [
      '(?<c>\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$))',
      '(?<t>\'(?:\\\\.|[^\'\\\\\\n])*\'?|"(?:\\\\.|[^"\\\\\\n])*"?|`(?:\\\\[^]|[^`\\\\])*`?)',
      '(?<n>(?<![\\w$])\\d[\\w.]*)',
      `(?<w>(?<![\\w$.])(?:${words})(?![\\w$]))`,
    ].join('|'),
    'g',
  );
  const plain = (part: string) => part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const span = (kind: string, part: string) =>
    part
      .split('\n')
      .map((line) => (line ? `<span class="${kind}">${plain(line)}</span>` : ''))
      .join('\n');

  let html = '';
  let end = 0;
  for (const match of text.matchAll(token)) {
    const kind = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? '';
    html += plain(text.slice(end, match.index)) + span(kind, match[0]);
    end = match.index + match[0].length;
  }
  html += plain(text.slice(end));
  return html
    .split('\n')
    .map((line) => `<span class="l">${line}\n</span>`)
    .join('');
}
