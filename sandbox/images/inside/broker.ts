import { randomBytes } from 'node:crypto';
import { connectKafka, type KafkaAdmin } from '#sandbox/clients/kafka.ts';
import { LIMITS } from '#sandbox/config.ts';
import { SOFTWARE } from '#sandbox/images/software-paths.ts';
import { awaitCoordinators } from '#sandbox/readiness/coordinators.ts';
import { kafkaService } from '#sandbox/services/kafka.ts';
import { guardLogs } from '#sandbox/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/tenancy/shared-broker.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';
import { startTraining } from './training.ts';

export interface TrainingBroker extends AsyncDisposable {
  readonly kafka: KafkaAdmin;
  readonly tenancy: Tenancy;
}

/** A broker as the product has it, for services in training. Disposing it waits for its cache, when it is to write one. */
export async function startTrainingBroker(cache: string | null): Promise<TrainingBroker> {
  await using opened = new AsyncDisposableStack();
  const { aotCache, ...software } = SOFTWARE.kafka;
  const admin = { username: 'admin', password: randomBytes(24).toString('hex') };
  const spec = kafkaService({ software, admin, controllerPassword: randomBytes(24).toString('hex') });
  const service = opened.adopt(await startTraining(spec, cache), (started) => started.stop());
  const login = { endpoint: service.endpoint('broker'), ...admin };
  const kafka = opened.use(connectKafka(login));
  await awaitCoordinators(login);
  const logs = opened.use(guardLogs({ kafka, limits: LIMITS }));
  const tenancy = openTenancy({ kafka, broker: login.endpoint, limits: LIMITS, logs });
  const all = opened.move();
  return { kafka, tenancy, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
