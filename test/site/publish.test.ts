import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { test as base, expect } from 'vitest';
import { compressFolder } from '../../site/publish/compress.ts';
import { contentSecurityPolicy, inlineScriptHashes } from '../../site/publish/content-security-policy.ts';
import { hashInputs } from '../../site/publish/input-hash.ts';
import { unlinkLazyStyles } from '../../site/publish/lazy-styles.ts';
import { preloadModules } from '../../site/publish/preload-modules.ts';

const test = base.extend<{ dir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures' names from this pattern
  dir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'streamwright-site-'));
    await use(dir);
    await rm(dir, { recursive: true });
  },
});

test('lists the hashes of inline scripts, but not of scripts with a source or with data', () => {
  const page = `<script>alert(1)</script><script type="module" src="/a.js"></script><script type="application/json">{}</script>`;
  // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
  expect(inlineScriptHashes(page)).toEqual(["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]);
});

test('the policy of a site allows the inline scripts of all its pages and no others', async ({ dir }) => {
  await mkdir(join(dir, 'glossary'));
  await writeFile(join(dir, 'index.html'), '<script>alert(1)</script>');
  await writeFile(join(dir, 'glossary/index.html'), '<script>alert(1)</script><script>alert(2)</script>');
  const scripts = (await contentSecurityPolicy(dir)).split('; ').find((directive) => directive.startsWith('script-src'));
  expect(scripts?.split(' ')).toHaveLength('script-src self hash hash'.split(' ').length);
  expect(scripts).not.toContain('unsafe');
});

test('a page gets .br and .gz copies that decompress to it, a font gets none', async ({ dir }) => {
  const page = '<p>position says the partition</p>'.repeat(100);
  await writeFile(join(dir, 'index.html'), page);
  await writeFile(join(dir, 'mono.woff2'), page);
  await compressFolder(dir, join(dir, 'no-last-build'));
  expect((await readdir(dir)).sort()).toEqual(['index.html', 'index.html.br', 'index.html.gz', 'mono.woff2']);
  expect(brotliDecompressSync(await readFile(join(dir, 'index.html.br'))).toString()).toBe(page);
  expect(gunzipSync(await readFile(join(dir, 'index.html.gz'))).toString()).toBe(page);
});

test('a file with a hash in its name reuses the compressed copies of the last build, a page does not', async ({ dir }) => {
  const last = join(dir, 'last');
  const next = join(dir, 'next');
  for (const folder of [last, next]) {
    await mkdir(join(folder, '_astro'), { recursive: true });
    for (const file of ['index.html', '_astro/editor.1a2b3c.js']) await writeFile(join(folder, file), 'text '.repeat(500));
  }
  for (const file of ['index.html', '_astro/editor.1a2b3c.js']) {
    for (const ending of ['br', 'gz']) await writeFile(join(last, `${file}.${ending}`), 'from the last build');
  }
  await compressFolder(next, last);
  expect(await readFile(join(next, '_astro/editor.1a2b3c.js.br'), 'utf8')).toBe('from the last build');
  expect(brotliDecompressSync(await readFile(join(next, 'index.html.br'))).toString()).toContain('text');
});

test('a page links its own styles and leaves those of the editor to its import', async ({ dir }) => {
  await mkdir(join(dir, '_astro'));
  await writeFile(join(dir, '_astro/page.css'), '.bar{}');
  await writeFile(join(dir, '_astro/editor.css'), '.monaco-editor{}');
  await writeFile(join(dir, '_astro/start.js'), 'm.f=["_astro/editor.js","_astro/editor.css","_astro/page.css"]');
  const link = (name: string) => `<link rel="stylesheet" href="/_astro/${name}.css">`;
  await writeFile(join(dir, 'index.html'), link('editor') + link('page'));
  await unlinkLazyStyles(dir);
  expect(await readFile(join(dir, 'index.html'), 'utf8')).toBe(link('page'));
});

test('a page fetches what its scripts import at once, at any depth, and not what they load later', async ({ dir }) => {
  await mkdir(join(dir, '_astro'));
  await writeFile(join(dir, '_astro/start.js'), 'import{a}from"./state.js";import"./keys.js";import(`./editor.js`)');
  await writeFile(join(dir, '_astro/state.js'), 'import { b } from "./api.js";export{a}from"./keys.js"');
  for (const name of ['keys', 'api', 'editor']) await writeFile(join(dir, `_astro/${name}.js`), '');
  const page = (links: string) => `<head>${links}</head><script type="module" src="/_astro/start.js"></script>`;
  await writeFile(join(dir, 'index.html'), page(''));
  await preloadModules(dir);
  const link = (name: string) => `<link rel="modulepreload" href="/_astro/${name}.js">`;
  expect(await readFile(join(dir, 'index.html'), 'utf8')).toBe(page(['state', 'keys', 'api'].map(link).join('')));
});

test('the site is rebuilt when a lesson changes, but not when a grader does', async ({ dir }) => {
  const lesson = join(dir, 'lessons/01-log/01-append');
  await mkdir(join(lesson, 'starter'), { recursive: true });
  await writeFile(join(lesson, 'index.mdx'), 'one');
  await writeFile(join(lesson, 'starter/main.ts'), 'one');
  const before = hashInputs(dir);

  await writeFile(join(lesson, 'grader.ts'), 'two');
  expect(hashInputs(dir)).toBe(before);
  await writeFile(join(lesson, 'starter/main.ts'), 'two');
  expect(hashInputs(dir)).not.toBe(before);
});
