/**
 * What this machine has and lacks for Streamwright, each lack with the command that fixes it.
 */
import { mkdir } from 'node:fs/promises';
import type { Config } from '#sandbox/config.ts';
import { flinkFolder } from '#sandbox/services/flink/software.ts';
import { kafkaFolder } from '#sandbox/services/kafka/software.ts';
import { programs } from './isolation.ts';
import type { DoctorLine } from './line.ts';
import { disk, memory, port } from './machine.ts';
import { browser, fetched, java, node, pip } from './software.ts';

/** Looks at everything, changes nothing but for making STREAMWRIGHT_HOME. */
export async function runDoctor(config: Config): Promise<DoctorLine[]> {
  await mkdir(config.home, { recursive: true, mode: 0o700 });
  return [
    node(),
    java(config),
    fetched(config, 'Kafka', await kafkaFolder(config.home)),
    fetched(config, 'Flink', await flinkFolder(config.home)),
    pip(config),
    ...(await programs(config)),
    browser(config),
    memory(),
    await disk(config),
    await port(config),
  ];
}
