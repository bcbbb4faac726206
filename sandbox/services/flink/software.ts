import { join } from 'node:path';
import { type FetchOptions, fetchJars, type JarSet, jarsFolder } from '#sandbox/artifacts/jars.ts';
import { compileGate } from './compile-gate.ts';

const FLINK: JarSet = {
  profile: 'flink',
  checksums: join(import.meta.dirname, 'flink.sha256'),
  title: 'Flink',
  sizeMb: 136,
};

export interface FlinkFiles {
  /** Folder with Flink's jars. */
  jars: string;
  /** Folder with the compiled gate, to stand before the jars on the class path. */
  gate: string;
}

/**
 * Flink and the gate in front of it: jars are fetched and the gate is compiled when they are not there yet.
 * @param java the `java` command
 * @throws PlatformError SERVICE_NOT_READY when a jar cannot be had or the gate does not compile
 */
export async function fetchFlink(java: string, options: FetchOptions): Promise<FlinkFiles> {
  const jars = await fetchJars(FLINK, options);
  return { jars, gate: await compileGate({ java, jars }, options) };
}

/** Where Flink's jars lie, and whether they do already. */
export function flinkFolder(home: string): Promise<{ folder: string; present: boolean }> {
  return jarsFolder(FLINK, home);
}
