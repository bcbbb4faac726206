import { Readable } from 'node:stream';
import { GenericContainer, Wait } from 'testcontainers';
import type { Config } from '#sandbox/config.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { Owner } from '#sandbox/providers/docker/labels.ts';
import { createNetwork } from '#sandbox/providers/docker/network.ts';
import { DATA_DIR, SERVICE_USER } from '#sandbox/providers/docker/service-container.ts';
import { archiveOf, SERVICE_FOLDER, startScript } from '#sandbox/providers/docker/service-files.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';
import { kafkaService } from '#sandbox/services/kafka/spec.ts';

const DIR = `${DATA_DIR}/${SERVICE_FOLDER}`;
const PORTS = { broker: 9092, controller: 9093 };

/** Our image of Kafka as anybody starts one with Testcontainers: one container, and a wait for its log. Made with the network it is in. */
export async function plainKafka(config: Config) {
  const docker = await connectEngine();
  const image = await ensureImage(serviceImage(kafka), { docker, config });
  const network = await createNetwork(docker, { owner: new Owner(), range: config.subnets, kind: 'published' });
  const spec = kafkaService({
    software: kafka.inImage,
    admin: { username: 'admin', password: 'admin-secret' },
    controllerPassword: 'controller-secret',
  });
  const site = { dir: DIR, ports: PORTS, host: '127.0.0.1', bindHost: '0.0.0.0', inside: null };
  const prepare = (await spec.prepare?.(site)) ?? null;
  const launch = await spec.launch(site);
  const container = async () =>
    new GenericContainer(image)
      .withUser(`${SERVICE_USER}:${SERVICE_USER}`)
      .withEntrypoint(['/bin/sh', '-c'])
      .withCommand([startScript(prepare, launch, DIR)])
      .withEnvironment({ ...prepare?.env, ...launch.env })
      .withCopyArchivesToContainer([{ tar: Readable.from([await archiveOf([prepare, launch], SERVICE_USER)]), target: DATA_DIR }])
      .withNetworkMode(network.name)
      .withExposedPorts(PORTS.broker)
      .withWaitStrategy(Wait.forLogMessage('Kafka Server started'))
      .withStartupTimeout(spec.readyTimeoutMs);
  return {
    /** ms from nothing to ready; it is stopped then. */
    async start(): Promise<number> {
      const described = await container();
      const from = performance.now();
      const started = await described.start();
      const ms = performance.now() - from;
      await started.stop({ timeout: 0 });
      return ms;
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}
