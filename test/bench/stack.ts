import { rm } from 'node:fs/promises';
import { openParts } from '#sandbox/app/parts.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';

/** The product's parts and the catalogue for measuring below HTTP, in a temporary folder that is removed with them. */
export async function openBenchStack(config = readConfig()) {
  await using opened = new AsyncDisposableStack();
  const dir = opened.adopt(await makeTemporaryFolder(), (path) => rm(path, { recursive: true, force: true }));
  const onFault = (what: string, error: unknown) => console.error(what, error);
  const onProgress = (message: string) => console.error(message);
  const parts = opened.use(await openParts({ config, dir, graders: 1, onProgress, onFault }));
  const stack = await parts.stack.ready();
  const catalog = await loadCatalog(config.lessonsDir);
  const all = opened.move();
  return { config, parts, stack, catalog, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export type BenchStack = Awaited<ReturnType<typeof openBenchStack>>;
