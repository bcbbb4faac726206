import type { Grant } from '#sandbox/services/kafka/client/connect.ts';

/**
 * On a shared broker. Nothing on the cluster: idempotent and transactional producers need no more, and listings show only the
 * tenant's own names.
 */
export const SHARED_GRANTS: readonly Grant[] = [
  { resource: 'topic', operations: ['read', 'write', 'describe'] },
  { resource: 'group', operations: ['read', 'describe'] },
  { resource: 'transactional-id', operations: ['write', 'describe'] },
];

/**
 * On a learner's own broker, for lessons that operate it: the learner creates, changes and removes topics and groups, and
 * describes the cluster. Everything that would open more stays closed: users, grants, quotas, broker settings, names without the
 * prefix.
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
