import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type ContextFile, filesBelow } from './build-context.ts';

const packageSchema = z.looseObject({ dependencies: z.record(z.string(), z.string()).optional() });

/** What runs of installed packages and of all that they depend on, below `node_modules` of `target`. Optional packages are left out. */
export async function installedPackages(names: readonly string[], target: string): Promise<ContextFile[]> {
  const found = new Set<string>();
  const follow = async (name: string): Promise<void> => {
    if (found.has(name)) return;
    found.add(name);
    const text = await readFile(join(PROJECT_DIR, 'node_modules', name, 'package.json'), 'utf8');
    for (const dependency of Object.keys(packageSchema.parse(JSON.parse(text)).dependencies ?? {})) await follow(dependency);
  };
  for (const name of names) await follow(name);
  const files = await Promise.all(
    [...found].map((name) =>
      filesBelow(join(PROJECT_DIR, 'node_modules', name), { target: join(target, 'node_modules', name), accept: runs }),
    ),
  );
  return files.flat();
}

function runs(path: string): boolean {
  return /\.(m?js|cjs|json|wasm)$/.test(path);
}
