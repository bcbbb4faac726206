/**
 * What a service's folder exports to the table of services.
 */
import type { MachinePackage } from '#sandbox/host/machine-packages.ts';
import type { SoftwareSource } from '#sandbox/providers/software-source.ts';

/** A service as the commands present it; `Software` is what only the service itself inspects, such as paths of jars. */
export interface ServiceDefinition<Software = unknown> extends SoftwareSource<Software> {
  /** As messages show it: `Kafka`. */
  title: string;
  /** Whether Streamwright starts without it. */
  neededBy: 'every start' | 'some lessons';
  /** The command that fetches it to this machine, and how to install that command. */
  fetchedBy: { command: string; title: string; installs: MachinePackage };
  /** Returns where this machine keeps what was fetched, and whether it exists. */
  fetched(home: string): Promise<{ folder: string; present: boolean }>;
}
