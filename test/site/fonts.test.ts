import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Blob, Face } from 'harfbuzzjs';
import subsetFont from 'subset-font';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { FONT_CHARACTERS, FONTS, subsetFonts } from '../../site/publish/subset-fonts.ts';

const SOURCES = '{lessons,site/src,sandbox}/**/*.{mdx,yaml,ts,tsx,astro,css,sql}';
/** Names in the data of exercises, in all the world's letters, and what shows a control character. */
const NO_TEXT = /^sandbox\/generators\/|^lessons\/visible\.ts$/;
/** No file of these fonts has these: signs of keys, arrows, and the names with which a page explains what UTF-8 is for. */
const OF_THE_SYSTEM = [...'←→↵⇧', ...'ŁŻł王小明'];

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'streamwright-fonts-'));
  await subsetFonts(dir);
});
afterAll(() => rm(dir, { recursive: true }));

test('the fonts hold every character that pages, lessons and reports are written with', async () => {
  const known = new Set([...FONT_CHARACTERS, ...OF_THE_SYSTEM, '\n', '\r', '\t']);
  const missing = new Set<string>();
  for (const file of globSync(SOURCES, { cwd: PROJECT_DIR }).filter((name) => !NO_TEXT.test(name))) {
    const text = await readFile(join(PROJECT_DIR, file), 'utf8');
    for (const character of text) if (!known.has(character)) missing.add(`${character} in ${file}`);
  }
  expect([...missing]).toEqual([]);
});

describe.each(Object.keys(FONTS))('%s', (file) => {
  test('has all of these characters', async () => {
    const held = new Set(await charactersOf(await readFile(join(dir, basename(file)))));
    expect([...FONT_CHARACTERS].filter((character) => !held.has(character))).toEqual([]);
  });
});

describe('styles', () => {
  test('name every font and its ranges as the build cuts it', async () => {
    const css = await readFile(join(PROJECT_DIR, 'site/src/styles/fonts.css'), 'utf8');
    const faces = [...css.matchAll(/url\("([^"]+)"\).*?font-weight: ([\d ]+);(?: font-stretch: ([\d% ]+);)?/g)];
    const inCss = faces.map(([, file, weights, widths]) => [file, weights, widths]);
    const cut = Object.entries(FONTS).map(([file, axes]) => [
      file,
      axes ? `${axes.wght.min} ${axes.wght.max}` : expect.stringMatching(/^(400|600)$/),
      axes?.wdth && `${axes.wdth.min}% ${axes.wdth.max}%`,
    ]);
    expect(inCss).toEqual(cut);
  });

  test('use no weight and no width that was cut off', async () => {
    const used = { weights: new Set<number>(), widths: new Set<number>() };
    for (const file of globSync('site/src/**/*.{css,astro,tsx}', { cwd: PROJECT_DIR })) {
      if (file.endsWith('fonts.css')) continue;
      const text = await readFile(join(PROJECT_DIR, file), 'utf8');
      for (const [, weight] of text.matchAll(/(?:font-weight: |font(?:-face)?: (?:italic )?|--t-\w+: )(\d{3})\b/g))
        used.weights.add(Number(weight));
      for (const [, width] of text.matchAll(/(?:font-stretch|--width-\w+): (\d+)%/g)) used.widths.add(Number(width));
    }
    expect([...used.weights].filter((weight) => weight < 400 || weight > 600)).toEqual([]);
    expect([...used.widths].filter((width) => width < 84 || width > 100)).toEqual([]);
    expect(used.weights.size).toBeGreaterThan(1);
    expect(used.widths.size).toBeGreaterThan(1);
  });
});

async function charactersOf(woff2: Buffer): Promise<string[]> {
  const font = await subsetFont(woff2, FONT_CHARACTERS, { targetFormat: 'truetype', keepFeatures: [] });
  const face = new Face(new Blob(font));
  return [...face.collectUnicodes()].map((code) => String.fromCodePoint(code));
}
