/// <reference path="./subset-font.d.ts" />
/** The fonts of the pages, cut down to what pages show. The editor's own icons are not among them. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import subsetFont from 'subset-font';

/** What every font holds: Latin-1, which most European names need, and the punctuation of texts. The system's fonts show all else. */
export const FONT_CHARACTERS = [...range(0x20, 0x7e), ...range(0xa0, 0xff), ...'–—‘’“”•…‹›€™−'].join('');

/** Ranges of a variable font, as in `styles/fonts.css`. */
export interface Axes {
  wght: { min: number; max: number };
  wdth?: { min: number; max: number };
}

const TEXT_WEIGHTS = { min: 400, max: 600 };

/** The files that `styles/fonts.css` names, by package, with the axes that styles use; a font without axes has one weight. */
export const FONTS: Readonly<Record<string, Axes | null>> = {
  '@fontsource-variable/archivo/files/archivo-latin-wdth-normal.woff2': { wght: TEXT_WEIGHTS, wdth: { min: 84, max: 100 } },
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2': { wght: TEXT_WEIGHTS },
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2': { wght: TEXT_WEIGHTS },
  '@fontsource/commit-mono/files/commit-mono-latin-400-normal.woff2': null,
  '@fontsource/commit-mono/files/commit-mono-latin-600-normal.woff2': null,
};

/** Kerning, ligatures, combined marks, and the figures of `styles/base.css`. */
const FEATURES = ['kern', 'liga', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum', 'lnum'];
/** Code is set without ligatures; Commit Mono's own features are several times its letters. */
const CODE_FEATURES = ['mark', 'ccmp'];

const require = createRequire(import.meta.url);

/** Writes the fonts into `dir`, each under the name of its file. */
export async function subsetFonts(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await Promise.all(
    Object.entries(FONTS).map(async ([file, axes]) => {
      const whole = await readFile(require.resolve(file));
      const subset = await subsetFont(whole, FONT_CHARACTERS, {
        targetFormat: 'woff2',
        keepFeatures: axes ? FEATURES : CODE_FEATURES,
        ...(axes && { variationAxes: { ...axes } }),
      });
      // Another build may be reading it.
      const aside = join(dir, `${basename(file)}.${process.pid}`);
      await writeFile(aside, subset);
      await rename(aside, join(dir, basename(file)));
    }),
  );
}

/** Lets styles and pages name a font by its package and get its subset in `dir`. */
export function subsetsInPlace(dir: string): { find: RegExp; replacement: string } {
  return { find: /^@fontsource[^?]*\/([^/?]+\.woff2)/, replacement: join(dir, '$1') };
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
}
