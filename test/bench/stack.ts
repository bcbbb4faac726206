import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStack } from '#sandbox/app/stack.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readConfig } from '#sandbox/config.ts';

/** A stack and the catalogue for measuring below HTTP, in a temporary folder that is removed with it. */
export async function openBenchStack(config = readConfig()) {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-bench-'));
  const stack = await openStack({ config, dir, onProgress: (message) => console.error(message) });
  const catalog = await loadCatalog(config.lessonsDir);
  const close = async () => {
    await stack[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  };
  return { config, stack, catalog, [Symbol.asyncDispose]: close };
}

export type BenchStack = Awaited<ReturnType<typeof openBenchStack>>;
