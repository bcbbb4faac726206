import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '#sandbox/errors.ts';
import { JAVA_ENVIRONMENT } from '#sandbox/host/jvm.ts';
import { runCommand } from '#sandbox/host/run-command.ts';
import { seenFrom } from '#sandbox/host/seen-from.ts';
import type { FetchOptions } from './fetch-options.ts';
import { fetchJars, type JarSet } from './jars.ts';

/** Eclipse's compiler is a jar, so a machine needs only a Java runtime. */
const COMPILER: JarSet = {
  name: 'java-compiler',
  pom: join(import.meta.dirname, 'java-compiler.pom.xml'),
  checksums: join(import.meta.dirname, 'java-compiler.sha256'),
  title: 'a Java compiler',
  sizeMb: 3,
};

/**
 * Compiles a folder of Java sources into a folder of classes.
 * @param classPath folders of jars
 * @throws PlatformError SERVICE_NOT_READY with the compiler's messages
 */
export async function compileJava(
  { java, classPath, sources, target }: { java: string; classPath: readonly string[]; sources: string; target: string },
  options: FetchOptions,
): Promise<void> {
  const compiler = await fetchJars(COMPILER, options);
  const jar = join(compiler, (await readdir(compiler)).find((name) => name.endsWith('.jar')) ?? '');
  const libraries = await Promise.all(classPath.map(jarsOf));
  // Everything as seen from the target: the compiler takes a colon or a bracket in the name of a folder above as syntax.
  const here = (path: string) => seenFrom(target, path);
  const args = ['-21', '-nowarn', '-encoding', 'UTF-8', '-cp', libraries.flat().map(here).join(':'), '-d', '.', here(sources)];
  const { exitCode, lastLines } = await runCommand(java, ['-jar', here(jar), ...args], {
    ...options,
    cwd: target,
    env: JAVA_ENVIRONMENT,
  });
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The Java sources in ${sources} did not compile.\n${lastLines}`,
    hint: 'Streamwright, or a change in that folder, is at fault. Report this with the lines above.',
  });
}

async function jarsOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return [folder, ...names.filter((name) => name.endsWith('.jar')).map((name) => join(folder, name))];
}
