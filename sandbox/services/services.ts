/**
 * The table of services: what is not in it, no command fetches, builds or reports.
 */
import { flink } from './flink/software.ts';
import { kafka } from './kafka/software.ts';
import type { ServiceDefinition } from './service/definition.ts';

/** Every service that lessons can need. */
export const SERVICES: readonly ServiceDefinition[] = [kafka, flink];
