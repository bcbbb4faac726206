/**
 * What a folder of a service gives to the table of services.
 */
import type { SoftwareSource } from '#sandbox/providers/software-source.ts';

/** A service as the commands speak of it; `Software` is what only the service itself looks into, such as paths of jars. */
export interface ServiceDefinition<Software = unknown> extends SoftwareSource<Software> {
  /** As a human is told: `Kafka`. */
  title: string;
  /** Whether Streamwright starts without it. */
  neededBy: 'every start' | 'some lessons';
  /** What fetches it to this machine, and how to get that. */
  fetchedBy: { command: string; title: string; mend: string };
  /** Where this machine has what was fetched, and whether it has it already. */
  fetched(home: string): Promise<{ folder: string; present: boolean }>;
}
