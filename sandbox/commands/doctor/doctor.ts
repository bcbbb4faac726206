/**
 * Checks what this machine has and lacks for Streamwright. Each missing item comes with the command that fixes it.
 */
import { mkdir } from 'node:fs/promises';
import type { Config } from '#sandbox/config.ts';
import { SERVICES } from '#sandbox/services/services.ts';
import { programs } from './isolation.ts';
import type { DoctorLine } from './line.ts';
import { disk, memory, port } from './machine.ts';
import { browser, fetched, java, node, pip } from './software.ts';

/** Checks everything and changes nothing, except for creating STREAMWRIGHT_HOME. */
export async function runDoctor(config: Config): Promise<DoctorLine[]> {
  await mkdir(config.home, { recursive: true, mode: 0o700 });
  return [
    node(),
    java(config),
    ...(await Promise.all(SERVICES.map((service) => fetched(config, service)))),
    pip(config),
    ...(await programs(config)),
    browser(config),
    memory(),
    await disk(config),
    await port(config),
  ];
}
