import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importedModules, moduleScripts } from './page-modules.ts';

/**
 * Lets each page fetch what its scripts import together with them. Otherwise a browser learns of an import only when it has the script that
 * names it, and a slow line waits once for each level.
 */
export async function preloadModules(dir: string): Promise<void> {
  for (const page of globSync('**/*.html', { cwd: dir })) {
    const file = join(dir, page);
    const html = await readFile(file, 'utf8');
    const scripts = moduleScripts(html);
    const imported = (await importedModules(dir, scripts)).filter((name) => !scripts.includes(name));
    const links = imported.map((name) => `<link rel="modulepreload" href="/_astro/${name}">`);
    if (links.length > 0) await writeFile(file, html.replace('</head>', `${links.join('')}</head>`));
  }
}
