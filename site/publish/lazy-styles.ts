import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const STYLE_LINK = /<link rel="stylesheet" href="\/_astro\/([^"]+)">/g;

/**
 * Removes the editor's style sheets from the pages. Astro links the styles of a dynamic import in the page's head, where they block the first
 * paint. The import itself loads them before it resolves (Vite's preload), so nothing appears unstyled.
 */
export async function unlinkLazyStyles(dir: string): Promise<void> {
  const lazy = await editorStyles(dir);
  for (const page of globSync('**/*.html', { cwd: dir })) {
    const file = join(dir, page);
    const html = await readFile(file, 'utf8');
    const lighter = html.replaceAll(STYLE_LINK, (link, sheet) => (lazy.has(sheet) ? '' : link));
    if (lighter !== html) await writeFile(file, lighter);
  }
}

/** Returns Monaco's style sheets that a script lists for its dynamic import. */
async function editorStyles(dir: string): Promise<Set<string>> {
  const scripts = await Promise.all(globSync('_astro/*.js', { cwd: dir }).map((file) => readFile(join(dir, file), 'utf8')));
  const preloaded = new Set(
    scripts.flatMap((code) => [...code.matchAll(/"_astro\/([^"]+\.css)"/g)].map(([, sheet = '']) => sheet)),
  );
  const sheets = await Promise.all(
    globSync('_astro/*.css', { cwd: dir })
      .filter((file) => preloaded.has(basename(file)))
      .map(async (file) => ({ sheet: basename(file), css: await readFile(join(dir, file), 'utf8') })),
  );
  return new Set(sheets.filter(({ css }) => css.includes('.monaco-editor')).map(({ sheet }) => sheet));
}
