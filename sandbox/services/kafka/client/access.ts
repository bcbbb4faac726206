import { pbkdf2Sync, randomBytes } from 'node:crypto';
import {
  type Acl,
  AclOperations,
  AclPermissionTypes,
  alterClientQuotasV1,
  alterUserScramCredentialsV0,
  ClientQuotaEntityTypes,
  ClientQuotaKeys,
  ClientQuotaMatchTypes,
  createAclsV3,
  deleteAclsV3,
  describeAclsV3,
  describeClientQuotasV0,
  describeUserScramCredentialsV0,
  ResourcePatternTypes,
  ResourceTypes,
  ScramMechanisms,
} from '@platformatic/kafka';
import { isKafkaError } from './error.ts';
import type { Wire } from './wire.ts';

// Minimum of RFC 7677 and of Kafka. The passwords are random, so more would only slow every connection.
const SCRAM_ITERATIONS = 4096;

/** What a principal may do on every resource whose name begins with a prefix; `cluster` has no name and is the whole cluster. */
export interface Grant {
  resource: 'topic' | 'group' | 'transactional-id' | 'cluster';
  operations: readonly (keyof typeof OPERATIONS)[];
}

export interface Quota {
  /** Each for producing and for consuming. */
  bytesPerSecond: number;
  /** Share of one request handler thread. */
  requestPercent: number;
  /** Partitions created or deleted, on average; unlimited when left out. */
  mutationsPerSecond?: number | undefined;
}

const RESOURCES = {
  topic: ResourceTypes.TOPIC,
  group: ResourceTypes.GROUP,
  'transactional-id': ResourceTypes.TRANSACTIONAL_ID,
  cluster: ResourceTypes.CLUSTER,
} as const;
const CLUSTER_NAME = 'kafka-cluster'; // Kafka: Resource.CLUSTER_NAME
const OPERATIONS = {
  read: AclOperations.READ,
  write: AclOperations.WRITE,
  describe: AclOperations.DESCRIBE,
  create: AclOperations.CREATE,
  delete: AclOperations.DELETE,
  alter: AclOperations.ALTER,
  'describe-configs': AclOperations.DESCRIBE_CONFIGS,
  'alter-configs': AclOperations.ALTER_CONFIGS,
} as const;

export async function createUser(wire: Wire, name: string, password: string): Promise<void> {
  const salt = randomBytes(24);
  const saltedPassword = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256');
  const credential = { name, mechanism: ScramMechanisms.SCRAM_SHA_256, iterations: SCRAM_ITERATIONS, salt, saltedPassword };
  await wire.attempt(`creating user ${name}`, async () =>
    alterUserScramCredentialsV0.api.async(await wire.connection(), [], [credential]),
  );
}

/** Skips users that do not exist. */
export async function deleteUsers(wire: Wire, names: readonly string[]): Promise<void> {
  const existing = new Set(await listUsers(wire));
  const deletions = names
    .filter((name) => existing.has(name))
    .map((name) => ({ name, mechanism: ScramMechanisms.SCRAM_SHA_256 }));
  if (deletions.length === 0) return;
  try {
    await wire.attempt('deleting users', async () =>
      alterUserScramCredentialsV0.api.async(await wire.connection(), deletions, []),
    );
  } catch (error) {
    if (!isKafkaError(error, 'RESOURCE_NOT_FOUND')) throw error;
  }
}

export async function listUsers(wire: Wire): Promise<string[]> {
  const { results } = await wire.attempt('listing users', async () =>
    describeUserScramCredentialsV0.api.async(await wire.connection(), null),
  );
  return results.map(({ user }) => user);
}

export async function grantPrefix(wire: Wire, user: string, prefix: string, grants: readonly Grant[]): Promise<void> {
  const acls = grants.flatMap(({ resource, operations }) =>
    operations.map(
      (operation): Acl => ({
        resourceType: RESOURCES[resource],
        resourceName: resource === 'cluster' ? CLUSTER_NAME : prefix,
        resourcePatternType: resource === 'cluster' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
        principal: `User:${user}`,
        host: '*',
        operation: OPERATIONS[operation],
        permissionType: AclPermissionTypes.ALLOW,
      }),
    ),
  );
  await wire.attempt(`granting ${user}`, async () => createAclsV3.api.async(await wire.connection(), acls));
}

export async function revokeAll(wire: Wire, users: readonly string[]): Promise<void> {
  if (users.length === 0) return;
  const filters = users.map((user) => ({ ...ANY_ACL, principal: `User:${user}` }));
  await wire.attempt('revoking grants', async () => deleteAclsV3.api.async(await wire.connection(), filters));
}

/** Returns every user that has a grant. */
export async function listGrantedUsers(wire: Wire): Promise<string[]> {
  const { resources } = await wire.attempt('listing grants', async () =>
    describeAclsV3.api.async(await wire.connection(), ANY_ACL),
  );
  const principals = resources.flatMap(({ acls }) => acls.map(({ principal }) => principal.replace(/^User:/, '')));
  return [...new Set(principals)];
}

/** `null` removes the quota. */
export async function setQuota(wire: Wire, users: readonly string[], quota: Quota | null): Promise<void> {
  if (users.length === 0) return;
  const values = [
    { key: ClientQuotaKeys.PRODUCER_BYTE_RATE, value: quota?.bytesPerSecond ?? 0 },
    { key: ClientQuotaKeys.CONSUMER_BYTE_RATE, value: quota?.bytesPerSecond ?? 0 },
    { key: ClientQuotaKeys.REQUEST_PERCENTAGE, value: quota?.requestPercent ?? 0 },
    { key: ClientQuotaKeys.CONTROLLER_MUTATION_RATE, value: quota?.mutationsPerSecond },
  ];
  const entries = users.map((user) => ({
    entities: [{ entityType: ClientQuotaEntityTypes.USER, entityName: user }],
    ops: values.map(({ key, value }) =>
      quota && value !== undefined ? { key, value, remove: false as const } : { key, remove: true as const },
    ),
  }));
  await wire.attempt('setting quotas', async () => alterClientQuotasV1.api.async(await wire.connection(), entries, false));
}

export async function listUsersWithQuota(wire: Wire): Promise<string[]> {
  const anyUser = { entityType: ClientQuotaEntityTypes.USER, matchType: ClientQuotaMatchTypes.ANY };
  const { entries } = await wire.attempt('listing quotas', async () =>
    describeClientQuotasV0.api.async(await wire.connection(), [anyUser], false),
  );
  return (entries ?? []).flatMap(({ entity }) => entity.flatMap(({ entityName }) => (entityName ? [entityName] : [])));
}

const ANY_ACL = {
  resourceType: ResourceTypes.ANY,
  resourceName: null,
  resourcePatternType: ResourcePatternTypes.ANY,
  principal: null,
  host: null,
  operation: AclOperations.ANY,
  permissionType: AclPermissionTypes.ANY,
} as const;
