/**
 * Compiles the gate, which is Java, by Eclipse's compiler: it is a jar, so a machine needs a Java runtime alone.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { type FetchOptions, fetchJars, type JarSet } from './jars.ts';
import { makeOnce } from './once.ts';
import { runCommand } from './run-command.ts';

const COMPILER: JarSet = { profile: 'java-compiler', title: 'a Java compiler', sizeMb: 3 };
const SOURCE_DIR = join(PROJECT_DIR, 'sandbox/artifacts/gate');
/** What stands on the class path beside the classes. */
const RESOURCES = ['policy.json', 'META-INF'];

export interface CompileOptions {
  /** The `java` command. */
  java: string;
  /** Folder with Flink's jars. */
  jars: string;
}

/**
 * Folder with the gate's classes and its policy, made when the sources or the jars have changed.
 * @throws PlatformError SERVICE_NOT_READY with the compiler's own words
 */
export async function compileGate({ java, jars }: CompileOptions, options: FetchOptions): Promise<string> {
  const folder = join(options.home, 'artifacts', `gate-${await sourceHash(jars)}`);
  if (existsSync(folder)) return folder;
  await makeOnce(folder, async (aside) => {
    options.onProgress?.('compiling the gate in front of Flink (once) ...');
    await compileJava({ java, classPath: [jars], sources: SOURCE_DIR, target: aside }, options);
    for (const name of RESOURCES) await cp(join(SOURCE_DIR, name), join(aside, name), { recursive: true });
  });
  return folder;
}

/**
 * Compiles a folder of Java sources into a folder of classes.
 * @param classPath folders of jars
 * @throws PlatformError SERVICE_NOT_READY with the compiler's own words
 */
export async function compileJava(
  { java, classPath, sources, target }: { java: string; classPath: readonly string[]; sources: string; target: string },
  options: FetchOptions,
): Promise<void> {
  const compiler = await fetchJars(COMPILER, options);
  const jar = join(compiler, (await readdir(compiler)).find((name) => name.endsWith('.jar')) ?? '');
  const libraries = await Promise.all(classPath.map(jarsOf));
  const args = ['-21', '-nowarn', '-encoding', 'UTF-8', '-cp', libraries.flat().join(':')];
  const { exitCode, lastLines } = await runCommand(java, ['-jar', jar, ...args, '-d', target, sources], options);
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The gate in front of Flink did not compile.\n${lastLines}`,
    hint: 'This is a fault of Streamwright, or of a change in sandbox/artifacts/gate: please report it with the lines above.',
  });
}

async function jarsOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return [folder, ...names.filter((name) => name.endsWith('.jar')).map((name) => join(folder, name))];
}

/** Of everything that the classes depend on: the sources, and the jars, whose folder is named after their checksums. */
async function sourceHash(jars: string): Promise<string> {
  const hash = createHash('sha256').update(basename(jars));
  const entries = await readdir(SOURCE_DIR, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(SOURCE_DIR.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
