import { globSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

const COMPRESSIBLE = '**/*.{html,css,js,mjs,json,svg,txt,xml,ttf}';
/** These names carry a hash of the content, so the last build's compressed copies are still valid. */
const HASHED = /^_astro[/\\]/;
/** A smaller file fits into one packet anyway. */
const MIN_BYTES = 512;
/** Brotli 11 takes some 3 s per megabyte, once for each version of Monaco. Above this size are only what loads after the editor. */
const MAX_BYTES_FOR_BEST = 2.4 * 1024 * 1024;

/**
 * Writes `.br` and `.gz` next to every file below `dir` that compression makes smaller.
 * @param lastDir folder of the last build, whose compressed copies of hashed files are reused; it need not exist
 */
export async function compressFolder(dir: string, lastDir: string): Promise<void> {
  await Promise.all(
    globSync(COMPRESSIBLE, { cwd: dir }).map(async (file) => {
      if (HASHED.test(file) && (await takeFrom(join(lastDir, file), join(dir, file)))) return;
      await compressFile(join(dir, file));
    }),
  );
}

async function takeFrom(last: string, file: string): Promise<boolean> {
  const copies = await Promise.allSettled(['.br', '.gz'].map((ending) => copyFile(last + ending, file + ending)));
  return copies.every(({ status }) => status === 'fulfilled');
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < MIN_BYTES) return;
  const quality = bytes.length > MAX_BYTES_FOR_BEST ? 9 : constants.BROTLI_MAX_QUALITY;
  const [br, gz] = await Promise.all([
    brotliAsync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    gzipAsync(bytes, { level: 9 }),
  ]);
  if (br.length < bytes.length) await writeFile(`${file}.br`, br);
  if (gz.length < bytes.length) await writeFile(`${file}.gz`, gz);
}
