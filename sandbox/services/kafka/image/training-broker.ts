import { randomBytes } from 'node:crypto';
import { LIMITS } from '#sandbox/config.ts';
import { startTraining } from '#sandbox/services/builder/train.ts';
import { connectKafka, type KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import { awaitCoordinators } from '#sandbox/services/kafka/readiness/coordinators.ts';
import { kafka as definition } from '#sandbox/services/kafka/software.ts';
import { kafkaService } from '#sandbox/services/kafka/spec.ts';
import { guardLogs } from '#sandbox/services/kafka/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';

export interface TrainingBroker extends AsyncDisposable {
  readonly kafka: KafkaAdmin;
  readonly tenancy: Tenancy;
}

/** A broker as the product has it, for services in training. Disposing it waits for its cache, when it is to write one. */
export async function startTrainingBroker(cache: string | null): Promise<TrainingBroker> {
  await using opened = new AsyncDisposableStack();
  const { aotCache, ...software } = definition.inImage;
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
