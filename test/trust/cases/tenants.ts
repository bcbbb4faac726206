/** Group T, from within a learner's program: its own slice of the broker, and nothing of anybody else's. */
import { expect, test } from 'vitest';
import { topicName } from '#sandbox/tenancy/prefix.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { commitAs } from '../../sandbox/services/kafka/tenancy/as-tenant.ts';
import { attack, clusterOf } from '../attack.ts';
import type { Product } from '../learners.ts';

const DENIED = {
  topic: /^(TOPIC_AUTHORIZATION_FAILED|UNKNOWN_TOPIC_OR_PARTITION)$/,
  group: /^(GROUP_AUTHORIZATION_FAILED|code 30|Failed to find group coordinator)/,
  transaction: /^(TRANSACTIONAL_ID_AUTHORIZATION_FAILED|TOPIC_AUTHORIZATION_FAILED|Failed to find group coordinator)$/,
  cluster: /^CLUSTER_AUTHORIZATION_FAILED$/,
  login:
    /^(SASL_AUTHENTICATION_FAILED|UNSUPPORTED_SASL_MECHANISM|ILLEGAL_SASL_STATE|SASL .* authentication failed|Connection|Closed connection|.*no answer|.*not support|.*ECONN|.*disconnect|.*closed)/i,
  record: /^INVALID_TIMESTAMP$/,
};

export function tenantCases(product: Product): void {
  test("a program does everything in its own slice, and is refused everything in another's, by every call of its client", async () => {
    const { stack } = product;
    const [bob, round] = await Promise.all([clusterOf(product, 'bob'), stack.tenancy.create()]);
    const theirs = async (tenant: Tenant, logical: string) => {
      const [topic] = await stack.tenancy.createTopics(tenant, 900, [{ logical, partitions: 1 }]);
      return topic?.name ?? '';
    };
    const [theirTopic, graderTopic] = [await theirs(bob, 'in'), await theirs(round, 'orders')];
    expect(theirTopic).toBe(topicName(bob.prefix, 900, 'in'));
    await stack.kafka.produce(theirTopic, [{ value: 'the secret of Bob' }]);
    const theirGroup = `${bob.prefix}readers`;
    expect(await commitAs(stack.broker.endpoint, bob, theirGroup, theirTopic)).toBe('NONE');

    const given = {
      ...{ theirTopic, theirGroup, graderTopic, theirPrefix: bob.prefix, theirPrincipal: bob.principal },
      adminName: stack.broker.admin.username,
    };
    const { said, output } = await attack(product, 'tenant', { given });
    expect(said, output).toHaveLength(1);
    const answers: Record<string, string> = said[0];

    const own = Object.fromEntries(Object.entries(answers).filter(([name]) => name.startsWith('own:')));
    expect(own).toEqual({
      'own: idempotent': 'ok',
      'own: transaction': 'ok',
      'own: consume': 'own.own x',
      'own: commit': 'ok',
      'own: list topics': 'own alone',
      'own: list groups': 'own alone',
    });
    expect(answers['pattern of topics']).toBe('own x');
    for (const [kind, denied] of Object.entries(DENIED)) {
      const attempts = Object.entries(answers).filter(([name]) => name.startsWith(`${kind}:`));
      expect(attempts.length).toBeGreaterThan(0);
      expect(attempts.filter(([, answer]) => !denied.test(answer))).toEqual([]);
    }
    expect(answers['topic: make one by sending']).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(answers['topic: describe theirs']).toBe(answers['topic: describe one that is not there']);

    expect(output).not.toContain('the secret of Bob');
    expect((await stack.kafka.readAll(theirTopic)).map(({ value }) => String(value))).toEqual(['the secret of Bob']);
    expect(await stack.kafka.readAll(graderTopic)).toEqual([]);
    expect((await stack.kafka.listGroups()).map(({ id }) => id)).toContain(theirGroup);
    await stack.tenancy.remove(round);
  }, 60_000);
}
