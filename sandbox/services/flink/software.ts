import { join } from 'node:path';
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import { fetchJars, type JarSet, jarsFolder, MAVEN } from '#sandbox/artifacts/jars.ts';
import { ensureJava } from '#sandbox/artifacts/java.ts';
import { JAVA_IN_IMAGE } from '#sandbox/services/builder/install.ts';
import type { ServiceDefinition } from '#sandbox/services/service/definition.ts';
import { compileGate } from './compile-gate.ts';

/** The parts of a Flink, by paths as its JVM sees them. */
export interface FlinkSoftware extends FlinkFiles {
  /** The `java` command. */
  java: string;
}

export interface FlinkFiles {
  /** Folder with Flink's jars. */
  jars: string;
  /** The compiled gate, which precedes the jars on the class path: a folder of classes, or a jar. */
  gate: string;
}

const JARS: JarSet = {
  name: 'flink',
  pom: join(import.meta.dirname, 'pom.xml'),
  checksums: join(import.meta.dirname, 'flink.sha256'),
  title: 'Flink',
  sizeMb: 136,
};

/** The service Flink: a cluster and the gated SQL gateway in one JVM. */
export const flink: ServiceDefinition<FlinkSoftware> = {
  name: 'flink',
  title: JARS.title,
  neededBy: 'some lessons',
  fetchedBy: MAVEN,
  fetched: (home) => jarsFolder(JARS, home),
  async fetch(options) {
    const { command: java } = await ensureJava(options);
    return { java, ...(await fetchFlink(java, options)) };
  },
  image: {
    folder: import.meta.dirname,
    dockerfile: 'image/Dockerfile',
    entries: { fetch: 'image/fetch.ts' },
  },
  inImage: { java: JAVA_IN_IMAGE, jars: '/opt/flink', gate: '/opt/gate/gate.jar' },
};

/**
 * Returns Flink and the gate in front of it. Fetches the jars and compiles the gate unless they exist.
 * @param java the `java` command
 * @throws PlatformError SERVICE_NOT_READY when a jar is not available or the gate does not compile
 */
export async function fetchFlink(java: string, options: FetchOptions): Promise<FlinkFiles> {
  const jars = await fetchJars(JARS, options);
  return { jars, gate: await compileGate({ java, jars }, options) };
}
