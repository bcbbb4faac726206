/** A tenant can neither describe nor change the cluster, by the calls that no client library makes for it. */
import {
  AclOperations,
  AclPermissionTypes,
  alterClientQuotasV1,
  alterUserScramCredentialsV0,
  ConfigResourceTypes,
  createAclsV3,
  createDelegationTokenV3,
  createTopicsV7,
  deleteAclsV3,
  deleteRecordsV2,
  deleteTopicsV6,
  describeAclsV3,
  describeClientQuotasV0,
  describeConfigsV4,
  describeLogDirsV4,
  describeQuorumV2,
  describeUserScramCredentialsV0,
  incrementalAlterConfigsV1,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';
import { codeOf } from './as-tenant.ts';

const stack = stackFixture();
let a: Tenant;
let topicA: string;
let topicB: string;

beforeAll(async () => {
  const [own, other] = await Promise.all([stack.tenancy.create(), stack.tenancy.create()]);
  const topicsOf = (tenant: Tenant) => stack.tenancy.createTopics(tenant, 1, [{ logical: 'in', partitions: 1 }]);
  [topicA, topicB] = (await Promise.all([topicsOf(own), topicsOf(other)])).map(([topic]) => topic!.name) as [string, string];
  a = own;
});

describe('the cluster cannot be described or changed', () => {
  const anyAcl = {
    resourceType: ResourceTypes.ANY,
    resourceName: null,
    resourcePatternType: ResourcePatternTypes.ANY,
    principal: null,
    host: null,
    operation: AclOperations.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  const broker = { resourceType: ConfigResourceTypes.BROKER, resourceName: '1' };
  const user = { entityType: 'user' as const, entityName: 'somebody' };
  const anyUser = { entityType: 'user' as const, matchType: 2 as const };
  const attempts: [string, Parameters<typeof codeOf>[2]][] = [
    ['describe the log directories', (c) => describeLogDirsV4.api.async(c, [])],
    [
      'describe the broker configuration',
      (c) => describeConfigsV4.api.async(c, [{ ...broker, configurationKeys: null }], false, false),
    ],
    ['describe ACLs', (c) => describeAclsV3.api.async(c, anyAcl)],
    ['delete ACLs', (c) => deleteAclsV3.api.async(c, [{ ...anyAcl, principal: 'User:nobody' }])],
    ['describe quotas', (c) => describeClientQuotasV0.api.async(c, [anyUser], false)],
    [
      'change quotas',
      (c) =>
        alterClientQuotasV1.api.async(
          c,
          [{ entities: [user], ops: [{ key: 'producer_byte_rate', value: 1, remove: false }] }],
          true,
        ),
    ],
    ['describe users', (c) => describeUserScramCredentialsV0.api.async(c, [{ name: stack.admin.username }])],
    [
      'change users',
      (c) =>
        alterUserScramCredentialsV0.api.async(
          c,
          [],
          [{ name: 'x', mechanism: 1, iterations: 4096, salt: Buffer.alloc(8), saltedPassword: Buffer.alloc(32) }],
        ),
    ],
    [
      'describe the quorum',
      (c) => describeQuorumV2.api.async(c, [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }]),
    ],
    [
      'change the broker configuration',
      (c) =>
        incrementalAlterConfigsV1.api.async(
          c,
          [{ ...broker, configs: [{ name: 'log.cleaner.threads', configOperation: 0, value: '1' }] }],
          true,
        ),
    ],
  ];

  test.each(attempts)('%s', async (_what, attempt) => {
    const superUser = { principal: stack.admin.username, password: stack.admin.password };
    expect(await codeOf(stack.endpoint, a, attempt)).toBe('CLUSTER_AUTHORIZATION_FAILED');
    expect(await codeOf(stack.endpoint, superUser, attempt)).toBe('NONE');
  });

  test('no ACL and no delegation token can be created', async () => {
    const acl = {
      ...anyAcl,
      resourceType: ResourceTypes.TOPIC,
      resourceName: 'u',
      resourcePatternType: ResourcePatternTypes.PREFIXED,
      principal: `User:${a.principal}`,
      host: '*',
      operation: AclOperations.ALL,
      permissionType: AclPermissionTypes.ALLOW,
    };
    expect(await codeOf(stack.endpoint, a, (c) => createAclsV3.api.async(c, [acl]))).toBe('CLUSTER_AUTHORIZATION_FAILED');
    expect(await codeOf(stack.endpoint, a, (c) => createDelegationTokenV3.api.async(c, null, null, [], -1n))).not.toBe('NONE');
  });

  test('no topic can be created, deleted or trimmed, not even its own', async () => {
    const topic = (name: string) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] });
    const create = (name: string) => codeOf(stack.endpoint, a, (c) => createTopicsV7.api.async(c, [topic(name)], 4000, false));
    expect(await create(`${a.prefix}1.more`)).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect(await create('more')).toBe('TOPIC_AUTHORIZATION_FAILED');
    for (const name of [topicA, topicB]) {
      expect(await codeOf(stack.endpoint, a, (c) => deleteTopicsV6.api.async(c, [{ name }], 4000))).toBe(
        'TOPIC_AUTHORIZATION_FAILED',
      );
      const trim = [{ name, partitions: [{ partitionIndex: 0, offset: -1n }] }];
      expect(await codeOf(stack.endpoint, a, (c) => deleteRecordsV2.api.async(c, trim, 4000))).toBe('TOPIC_AUTHORIZATION_FAILED');
    }
    expect((await stack.kafka.listTopics()).has(topicA)).toBe(true);
  });
});
