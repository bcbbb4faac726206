import { describeQuorumV2 } from '@platformatic/kafka';
import { PlatformError } from '#sandbox/errors.ts';
import { until } from '#sandbox/readiness/until.ts';
import { type KafkaLogin, openWire, readMetadata, type Wire } from '#sandbox/services/kafka/client/wire.ts';

const TIMEOUT_MS = 60_000;
const METADATA_LOG = '__cluster_metadata';

/**
 * Waits until so many brokers serve and all of them vote: until then the death of one could be the end of the cluster.
 *
 * @param login of the cluster's administrator
 * @throws PlatformError SERVICE_NOT_READY when they do not within a minute
 */
export async function awaitCluster(login: KafkaLogin, brokers: number): Promise<void> {
  await using wire = openWire(login);
  const isWhole = async () => {
    const [{ brokers: serving }, voting] = await Promise.all([readMetadata(wire, []), voters(wire)]);
    return serving.length === brokers && voting === brokers;
  };
  await until(isWhole, { timeoutMs: TIMEOUT_MS, what: `${brokers} brokers to serve and to vote` }).catch((cause: unknown) => {
    throw new PlatformError(
      'SERVICE_NOT_READY',
      {
        message: `Your own Kafka did not become whole within ${TIMEOUT_MS / 1000} s: not all of its ${brokers} brokers serve.`,
        hint: 'The machine is overloaded; try again in a minute.',
      },
      { cause },
    );
  });
}

async function voters(wire: Wire): Promise<number> {
  const asked = [{ topicName: METADATA_LOG, partitions: [{ partitionIndex: 0 }] }];
  const { topics } = await describeQuorumV2.api.async(await wire.connection(), asked);
  return topics[0]?.partitions[0]?.currentVoters.length ?? 0;
}
