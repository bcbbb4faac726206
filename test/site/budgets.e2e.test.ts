/** What each page of the built site makes a browser fetch, in bytes as they go over the wire (brotli). Needs no browser. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { buildSite } from '../../site/build.ts';
import { importedModules, moduleScripts } from '../../site/publish/page-modules.ts';

const DIST = join(PROJECT_DIR, 'site/dist');
const KB = 1024;
const PAGES = [
  'lessons/log/append',
  'lessons/log/keys',
  'lessons/flink-sql/filter-route',
  'lessons/flink-sql/tumble',
  'lessons/flink-sql/upsert',
];
const WITHOUT_EXERCISE = ['.', 'glossary', 'diagnoses', 'diagnoses/missing-key'];

beforeAll(() => buildSite({ onProgress: () => undefined }));

const html = (page: string) => readFileSync(join(DIST, page, 'index.html'), 'utf8');
const assets = (names: readonly string[]) => names.map((name) => `_astro/${name}`);
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
const styles = (page: string) => found(html(page), /<link rel="stylesheet" href="\/_astro\/([^"]+)"/g);
const islands = (page: string) => found(html(page), /(?:component|renderer)-url="\/_astro\/([^"]+)"/g);

/** Bytes of a file as the server sends it. */
function bytesOf(file: string): number {
  const path = join(DIST, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

/** What files weigh together, beyond a budget: null within it, else all of them, the heaviest first. */
function beyond(budgetKb: number, files: readonly string[]): string | null {
  const sizes = [...new Set(files)].map((file) => ({ file, bytes: bytesOf(file) })).sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= budgetKb * KB) return null;
  const list = sizes.map(({ file, bytes }) => `${(bytes / KB).toFixed(1)} KB ${file}`);
  return [`${(total / KB).toFixed(1)} KB where ${budgetKb} are allowed:`, ...list].join('\n');
}

/** The page, its styles and its own scripts: what it needs to be read, and to take keys. */
async function ofThePage(page: string): Promise<string[]> {
  const scripts = await importedModules(DIST, moduleScripts(html(page)));
  return [`${page}/index.html`, ...assets(styles(page)), ...assets(scripts)];
}

describe.each(PAGES)('%s', (page) => {
  test('is at most 60 KB before its islands, editor and fonts', async () => {
    expect(beyond(60, await ofThePage(page))).toBeNull();
  });

  test('with its islands is at most 155 KB', async () => {
    expect(beyond(155, [...(await ofThePage(page)), ...assets(await importedModules(DIST, islands(page)))])).toBeNull();
  });

  test('loads at most 120 KB of fonts', () => {
    const fonts = styles(page).flatMap((sheet) =>
      found(readFileSync(join(DIST, '_astro', sheet), 'utf8'), /url\(\/_astro\/([^)]+\.woff2)\)/g),
    );
    expect(new Set(fonts).size).toBe(5);
    expect(beyond(120, assets(fonts))).toBeNull();
  });
});

describe.each(WITHOUT_EXERCISE)('%s', (page) => {
  test('has no island, and is at most 20 KB before fonts', async () => {
    expect(islands(page)).toEqual([]);
    expect(html(page)).not.toContain('<astro-island');
    expect(beyond(20, await ofThePage(page))).toBeNull();
  });
});

describe('the editor', () => {
  const part = (name: string) => globSync(`${name}.*.js`, { cwd: join(DIST, '_astro') });

  test('is at most 580 KB until it takes over, with the colours of its language', async () => {
    const scripts = await importedModules(DIST, [...part('open-monaco'), ...part('typescript-language')]);
    const sheets = globSync('*.css', { cwd: join(DIST, '_astro') }).filter((sheet) =>
      readFileSync(join(DIST, '_astro', sheet), 'utf8').includes('.monaco-editor'),
    );
    const islandsOfPage = assets(await importedModules(DIST, islands('lessons/log/append')));
    const page = [...(await ofThePage('lessons/log/append')), ...islandsOfPage];
    expect(
      beyond(
        580,
        assets([...scripts, ...sheets]).filter((file) => !page.includes(file)),
      ),
    ).toBeNull();
  });

  test('brings the worker of TypeScript once', () => {
    const large = globSync('*.js', { cwd: join(DIST, '_astro') }).filter(
      (name) => statSync(join(DIST, '_astro', name)).size > 5_000_000,
    );
    expect(large).toHaveLength(1);
  });
});
