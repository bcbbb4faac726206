/**
 * Compiles the gate, which is Java, with Eclipse's compiler: it is a jar, so a machine needs only a Java runtime.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compileJava } from '#sandbox/artifacts/compile-java.ts';
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import { makeOnce } from '#sandbox/artifacts/once.ts';

const SOURCE_DIR = join(import.meta.dirname, 'gate');
/** Files on the class path in addition to the classes. */
const RESOURCES = ['policy.json', 'META-INF'];

export interface CompileOptions {
  /** The `java` command. */
  java: string;
  /** Folder with Flink's jars. */
  jars: string;
}

/**
 * Returns the folder with the gate's classes and its policy, compiled when the sources or the jars have changed.
 * @throws PlatformError SERVICE_NOT_READY with the compiler's messages
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

/** Returns the hash of everything that the classes depend on: the sources, and the jars, whose folder is named after their checksums. */
async function sourceHash(jars: string): Promise<string> {
  const hash = createHash('sha256').update(basename(jars));
  const entries = await readdir(SOURCE_DIR, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(SOURCE_DIR.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
