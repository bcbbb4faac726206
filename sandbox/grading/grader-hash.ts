import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { hashFiles, readFolder } from '#sandbox/catalog/folder.ts';

const OWN_CODE = ['.', '../generators'].map((folder) => join(import.meta.dirname, folder));
let ownCode: Promise<Record<string, string>[]> | null = null;

/** Hash of all that decides a verdict beside the seed: the lesson's grader, the grading code and the generators. */
export async function graderHash({ graderPath }: Pick<Exercise, 'graderPath'>): Promise<string> {
  ownCode ??= Promise.all(OWN_CODE.map(readFolder));
  const [grading = {}, generators = {}] = await ownCode;
  return hashFiles({
    ...prefixed('grading/', grading),
    ...prefixed('generators/', generators),
    'grader.ts': await readFile(graderPath, 'utf8'),
  });
}

function prefixed(prefix: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text]));
}
