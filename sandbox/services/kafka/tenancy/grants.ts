import type { Grant } from '#sandbox/services/kafka/client/connect.ts';

/**
 * On a broker that all share. Nothing on the cluster: producers, idempotent and transactional, need no more, and listings show own names
 * only.
 */
export const SHARED_GRANTS: readonly Grant[] = [
  { resource: 'topic', operations: ['read', 'write', 'describe'] },
  { resource: 'group', operations: ['read', 'describe'] },
  { resource: 'transactional-id', operations: ['write', 'describe'] },
];

/**
 * On a broker of one's own, for lessons that operate it: own topics and groups are made, changed and removed, the cluster is looked at.
 * What would open the rest stays closed: users, grants and quotas, settings of the brokers, names without the prefix.
 */
export const DEDICATED_GRANTS: readonly Grant[] = [
  {
    resource: 'topic',
    operations: ['read', 'write', 'describe', 'create', 'delete', 'alter', 'describe-configs', 'alter-configs'],
  },
  { resource: 'group', operations: ['read', 'describe', 'delete', 'describe-configs', 'alter-configs'] },
  { resource: 'transactional-id', operations: ['write', 'describe'] },
  { resource: 'cluster', operations: ['describe', 'describe-configs'] },
];
