import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type ContextFile, filesBelow } from './build-context.ts';

const packageSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()).optional(),
  imports: z.record(z.string(), z.string()).default({}),
});

/** Returns the project's own package file, reduced to what code needs that runs elsewhere. */
export async function projectPackage(): Promise<{ type: 'module'; imports: Record<string, string> }> {
  const { imports } = await readPackage(PROJECT_DIR);
  return { type: 'module', imports };
}

/** Returns the runtime files of packages and all their dependencies, below `node_modules` of `target`, without optional packages. */
export async function installedPackages(names: readonly string[], target: string): Promise<ContextFile[]> {
  const found = new Set<string>();
  const follow = async (name: string): Promise<void> => {
    if (found.has(name)) return;
    found.add(name);
    for (const dependency of Object.keys((await readPackage(folderOf(name))).dependencies ?? {})) await follow(dependency);
  };
  for (const name of names) await follow(name);
  const files = await Promise.all(
    [...found].map((name) => filesBelow(folderOf(name), { target: join(target, 'node_modules', name), accept: runs })),
  );
  return files.flat();
}

function folderOf(name: string): string {
  return join(PROJECT_DIR, 'node_modules', name);
}

async function readPackage(folder: string) {
  return packageSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
}

function runs(path: string): boolean {
  return /\.(m?js|cjs|json|wasm)$/.test(path);
}
