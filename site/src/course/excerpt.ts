/** The part of a file that `<Code>` shows: the lines `3-8` (or `3`), a named region, or the whole file. */
export type Excerpt = { lines?: string | undefined; region?: string | undefined };

/**
 * Cuts the given part out of a file and removes the common indentation.
 *
 * Lines count from 1 in the original file. A region is between the comments `#region NAME` and `#endregion`; these two lines are left out.
 *
 * @returns the text, and the number of its first line in the file
 * @throws Error naming the file and the missing part
 */
export function cutExcerpt(text: string, file: string, { lines, region }: Excerpt): { text: string; firstLine: number } {
  const all = text.replace(/\n$/, '').split('\n');
  const [from, to] = region ? regionRange(all, file, region) : lineRange(all, file, lines);
  const cut = all.slice(from - 1, to).filter((line) => !REGION_MARK.test(line));
  const indent = Math.min(...cut.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return { text: cut.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n'), firstLine: from };
}

const REGION_MARK = /^\s*(\/\/|#|--)\s*#(end)?region\b/;

function lineRange(all: string[], file: string, lines: string | undefined): [number, number] {
  if (!lines) return [1, all.length];
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(lines) ?? [];
  const from = Number(first);
  const to = Number(last ?? first);
  if (from >= 1 && from <= to && to <= all.length) return [from, to];
  throw new Error(`${file} has lines 1 to ${all.length}, not "${lines}". Hint: give lines as 3-8.`);
}

function regionRange(all: string[], file: string, region: string): [number, number] {
  const start = all.findIndex((line) => REGION_MARK.test(line) && line.trim().endsWith(`#region ${region}`));
  const length = all.slice(start + 1).findIndex((line) => /#endregion\b/.test(line));
  if (start >= 0 && length > 0) return [start + 2, start + 1 + length];
  throw new Error(`${file} has no region "${region}". Hint: put it between "// #region ${region}" and "// #endregion".`);
}
