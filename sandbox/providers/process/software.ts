import { ensureJava } from '#sandbox/artifacts/java.ts';
import type { Software, SoftwareName, SoftwareOptions } from '#sandbox/providers/provider.ts';
import { fetchFlink } from '#sandbox/services/flink/software.ts';
import { fetchKafka } from '#sandbox/services/kafka/software.ts';

export interface SoftwarePlaces {
  /** Where commands are looked for. */
  searchPath: string;
  /** STREAMWRIGHT_HOME: what is fetched stays there. */
  home: string;
  /** A Java to prefer. */
  javaHome: string | undefined;
}

/**
 * Java and the jars of a service on this machine, fetched and compiled when they are not there yet.
 * @throws PlatformError SERVICE_NOT_READY saying what is missing
 */
export async function fetchSoftware(name: SoftwareName, options: SoftwarePlaces & SoftwareOptions): Promise<Software> {
  if (name === 'kafka') {
    const [java, jars] = await Promise.all([ensureJava(options), fetchKafka(options)]);
    return { java: java.command, jars };
  }
  const { command: java } = await ensureJava(options);
  return { java, ...(await fetchFlink(java, options)) };
}
