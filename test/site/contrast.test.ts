import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';

const TEXT = ['ink', 'ink-2', 'ink-3', 'live', 'fail', 'syn-word', 'syn-text', 'syn-number', 'syn-note'];
const GROUNDS = ['paper', 'well', 'sunk'];
const WASHES: Readonly<Record<string, string>> = { 'live-wash': 'live', 'fail-wash': 'fail' };

const css = readFileSync(join(PROJECT_DIR, 'site/src/styles/tokens.css'), 'utf8');
const moreContrast = /@media \(prefers-contrast: more\) \{([\s\S]*?)\n\}/.exec(css)?.[1] ?? '';
const plain = css.replace(moreContrast, '');

describe.each([
  { who: 'everybody', least: 4.5, styles: [plain] },
  { who: 'who asks for more contrast', least: 7, styles: [plain, moreContrast] },
])('for $who', ({ least, styles }) => {
  test.each([
    ['light', 0],
    ['dark', 1],
  ] as const)('all text has contrast on every ground, in %s', (_, theme) => {
    const colour = (token: string) => colourOf(token, styles)[theme];
    const onGrounds = TEXT.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const));
    const onWashes = Object.entries(WASHES).flatMap(([wash, own]) => ['ink', 'ink-2', own].map((text) => [text, wash] as const));
    const poor = [...onGrounds, ...onWashes]
      .map(([text, ground]) => ({ text, ground, contrast: contrastOf(colour(text), colour(ground)) }))
      .filter(({ contrast }) => contrast < least);
    expect(poor).toEqual([]);
  });
});

/** Returns a token's colours in light and in dark: that of the last style that sets it. */
function colourOf(token: string, styles: readonly string[]): [light: string, dark: string] {
  const pattern = new RegExp(`--${token}: (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|var\\(--([\\w-]+)\\))`);
  const [, light, dark, other] = styles.map((style) => pattern.exec(style)).findLast((found) => found !== null) ?? [];
  if (other) return colourOf(other, styles);
  if (!light || !dark) throw new Error(`tokens.css has no colours for --${token}`);
  return [light, dark];
}

/** @see WCAG 2.2, "contrast ratio" */
function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
