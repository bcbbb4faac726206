import { describeQuorumV2 } from '@platformatic/kafka';
import { counted } from '#lessons/counted.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { until } from '#sandbox/readiness/until.ts';
import { type KafkaLogin, openWire, readMetadata, type Wire } from '#sandbox/services/kafka/client/wire.ts';

const TIMEOUT_MS = 60_000;
const METADATA_LOG = '__cluster_metadata';

/**
 * Waits until this many brokers are up and all of them vote: before that, the death of one could end the cluster.
 *
 * @param login of the cluster's administrator
 * @throws PlatformError SERVICE_NOT_READY after a minute
 */
export async function awaitCluster(login: KafkaLogin, brokers: number): Promise<void> {
  await using wire = openWire(login);
  const isWhole = async () => {
    const [{ brokers: serving }, voting] = await Promise.all([readMetadata(wire, []), voters(wire)]);
    return serving.length === brokers && voting === brokers;
  };
  await until(isWhole, { timeoutMs: TIMEOUT_MS, what: `${counted(brokers, 'broker')} to be up and to vote` }).catch(
    (cause: unknown) => {
      throw new PlatformError(
        'SERVICE_NOT_READY',
        {
          message: `Your Kafka cluster was not ready within ${TIMEOUT_MS / 1000} s: not all ${counted(brokers, 'broker')} are up.`,
          hint: 'Try again in a minute: the machine is overloaded.',
        },
        { cause },
      );
    },
  );
}

async function voters(wire: Wire): Promise<number> {
  const asked = [{ topicName: METADATA_LOG, partitions: [{ partitionIndex: 0 }] }];
  const { topics } = await describeQuorumV2.api.async(await wire.connection(), asked);
  return topics[0]?.partitions[0]?.currentVoters.length ?? 0;
}
