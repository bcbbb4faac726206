import { findCoordinatorV6, initProducerIdV5, listGroupsV5 } from '@platformatic/kafka';
import { type KafkaLogin, openWire } from '#sandbox/services/kafka/client/wire.ts';

const GROUP = 0;
const TRANSACTION = 1;
const NAME = 'streamwright-ready';
const TRANSACTION_TIMEOUT_MS = 1000;

/**
 * Waits until a fresh broker coordinates groups and transactions. It creates the topics for them on the first request; until then
 * clients log errors and retry, which would be the first thing that a learner sees.
 *
 * @param login of the broker's administrator
 * @throws KafkaError, PlatformError after 10 s
 */
export async function awaitCoordinators(login: KafkaLogin): Promise<void> {
  await using wire = openWire(login);
  const ask = (type: number) => async () => findCoordinatorV6.api.async(await wire.connection(), type, [NAME]);
  await Promise.all([
    wire.attempt('finding the coordinator of groups', ask(GROUP)),
    wire.attempt('finding the coordinator of transactions', ask(TRANSACTION)),
  ]);
  await Promise.all([
    wire.attempt('listing groups', async () => listGroupsV5.api.async(await wire.connection(), [], [])),
    wire.attempt('opening a transactional producer', async () => {
      const { coordinators } = await ask(TRANSACTION)();
      const [coordinator] = coordinators;
      return initProducerIdV5.api.async(await wire.connection(coordinator), NAME, TRANSACTION_TIMEOUT_MS);
    }),
  ]);
}
