import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import { type GroupListing, isKafkaError, type KafkaAdmin } from '#sandbox/services/kafka/client/connect.ts';
import { prefixOf, principalOf } from '#sandbox/tenancy/prefix.ts';

const GROUPS_TIMEOUT_MS = 15_000;
const POLL_MS = 20;

/** Returns the prefixes of all tenants with anything on the broker, even just a topic that a crash left. */
export async function tenantsOnBroker(kafka: KafkaAdmin): Promise<string[]> {
  const [users, granted, limited, topics, groups] = await Promise.all([
    kafka.listUsers(),
    kafka.listGrantedUsers(),
    kafka.listUsersWithQuota(),
    kafka.listTopics(),
    kafka.listGroups(),
  ]);
  const principals = [...users, ...granted, ...limited].map((principal) => `${principal}.`);
  const names = [...principals, ...topics.keys(), ...groups.map(({ id }) => id)];
  return [...new Set(names.flatMap((name) => prefixOf(name) ?? []))];
}

/**
 * Removes everything that tenants have on the broker. Access goes first: from then on, no program left running can create anything
 * or rejoin a group that is being deleted.
 */
export async function removeTenants(kafka: KafkaAdmin, prefixes: readonly string[]): Promise<void> {
  if (prefixes.length === 0) return;
  const principals = prefixes.map(principalOf);
  await kafka.revokeAll(principals);
  await kafka.deleteUsers(principals);
  await kafka.setQuota(principals, null);
  const owned = new Set(prefixes);
  const isOwned = (name: string) => owned.has(prefixOf(name) ?? '');
  await Promise.all([removeGroups(kafka, isOwned), removeTopics(kafka, isOwned)]);
}

async function removeTopics(kafka: KafkaAdmin, isOwned: (name: string) => boolean): Promise<void> {
  await kafka.deleteTopics([...(await kafka.listTopics()).keys()].filter(isOwned));
}

async function removeGroups(kafka: KafkaAdmin, isOwned: (name: string) => boolean): Promise<void> {
  const deadline = performance.now() + GROUPS_TIMEOUT_MS;
  for (;;) {
    const groups = (await kafka.listGroups()).filter(({ id }) => isOwned(id));
    if (groups.length === 0) return;
    if (performance.now() > deadline) throw groupsStay(groups);
    await Promise.all(groups.map((group) => removeGroup(kafka, group)));
    await delay(POLL_MS);
  }
}

/** Tries once: a member that was about to join makes the group non-empty again, and its coordinator may be busy with that. */
async function removeGroup(kafka: KafkaAdmin, group: GroupListing): Promise<void> {
  try {
    await kafka.removeMembers(group);
    await kafka.deleteGroup(group);
  } catch (error) {
    if (!isKafkaError(error, 'NON_EMPTY_GROUP', 'UNKNOWN_MEMBER_ID', 'GROUP_ID_NOT_FOUND', 'REBALANCE_IN_PROGRESS')) throw error;
  }
}

function groupsStay(groups: readonly GroupListing[]): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka still has consumer groups after ${GROUPS_TIMEOUT_MS} ms: ${groups.map(({ id, state }) => `${id} (${state})`).join(', ')}.`,
    hint: 'Leave them: their members are still active, and the sweep at the next start removes them.',
  });
}
