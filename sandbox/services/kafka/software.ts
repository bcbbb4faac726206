import { join } from 'node:path';
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import { fetchJars, type JarSet, jarsFolder, MAVEN } from '#sandbox/artifacts/jars.ts';
import { ensureJava } from '#sandbox/artifacts/java.ts';
import { JAVA_IN_IMAGE } from '#sandbox/services/builder/install.ts';
import type { ServiceDefinition } from '#sandbox/services/service/definition.ts';

/** The parts of a broker, by paths as the broker sees them. */
export interface KafkaSoftware {
  /** The `java` command. */
  java: string;
  /** Folder with the jars. */
  jars: string;
  /** Compiled code of an earlier run, which halves the start; left out when there is none. */
  aotCache?: string;
}

const JARS: JarSet = {
  name: 'kafka',
  pom: join(import.meta.dirname, 'pom.xml'),
  checksums: join(import.meta.dirname, 'kafka.sha256'),
  title: 'Kafka',
  sizeMb: 44,
};

/** Where the image keeps the compiled code from its training. */
export const AOT_CACHE = '/opt/kafka.aot';

/** The service Kafka: a broker, single or part of a cluster. */
export const kafka: ServiceDefinition<KafkaSoftware> = {
  name: 'kafka',
  title: JARS.title,
  neededBy: 'every start',
  fetchedBy: MAVEN,
  fetched: (home) => jarsFolder(JARS, home),
  async fetch(options) {
    const [java, jars] = await Promise.all([ensureJava(options), fetchKafka(options)]);
    return { java: java.command, jars };
  },
  image: {
    folder: import.meta.dirname,
    dockerfile: 'image/Dockerfile',
    entries: { fetch: 'image/fetch.ts', train: 'image/train.ts' },
  },
  inImage: { java: JAVA_IN_IMAGE, jars: '/opt/kafka', aotCache: AOT_CACHE },
};

/** Returns the folder with Kafka's jars, fetched unless it exists; see `fetchJars`. */
export function fetchKafka(options: FetchOptions, expected?: string): Promise<string> {
  return fetchJars(JARS, options, expected);
}
