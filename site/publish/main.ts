/** The build process: `node main.ts OUT_DIR LAST_DIR`. Reports progress to its parent and exits with it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compressFolder } from './compress.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { unlinkLazyStyles } from './lazy-styles.ts';
import { preloadModules } from './preload-modules.ts';
import { subsetFonts } from './subset-fonts.ts';

const [outDir, lastDir] = process.argv.slice(2);
if (!outDir || !lastDir) throw new Error('usage: node main.ts OUT_DIR LAST_DIR');
process.once('disconnect', () => process.exit(1));
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const { build } = await import('astro');

try {
  const root = join(import.meta.dirname, '..');
  process.send?.('building the pages');
  await subsetFonts(join(root, '.astro/fonts'));
  await build({ root, outDir, logLevel: 'error' });
  await unlinkLazyStyles(outDir);
  await preloadModules(outDir);
  await writeFile(join(outDir, 'headers.json'), JSON.stringify({ contentSecurityPolicy: await contentSecurityPolicy(outDir) }));
  process.send?.('compressing the pages');
  await compressFolder(outDir, lastDir);
  process.exit(0);
} catch (error) {
  console.error(describe(error));
  process.exit(1);
}

/** Returns an error as text. Astro's errors carry a hint and a place as well as a message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = 'hint' in error ? error.hint : undefined;
  const loc = 'loc' in error ? error.loc : undefined;
  const place = loc && typeof loc === 'object' && 'file' in loc ? `in ${loc.file}` : undefined;
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return [error.message, place, cause, hint].filter(Boolean).join('\n');
}
