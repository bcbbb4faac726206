import { join } from 'node:path';
import { type FetchOptions, fetchJars, type JarSet, jarsFolder } from '#sandbox/artifacts/jars.ts';

const KAFKA: JarSet = {
  profile: 'kafka',
  checksums: join(import.meta.dirname, 'kafka.sha256'),
  title: 'Kafka',
  sizeMb: 44,
};

/** Folder with Kafka's jars, fetched when it is not there yet; see `fetchJars`. */
export function fetchKafka(options: FetchOptions, expected?: string): Promise<string> {
  return fetchJars(KAFKA, options, expected);
}

/** Where Kafka's jars lie, and whether they do already. */
export function kafkaFolder(home: string): Promise<{ folder: string; present: boolean }> {
  return jarsFolder(KAFKA, home);
}
