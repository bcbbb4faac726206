/**
 * A learner's slice of a shared broker: a SCRAM principal, a prefix for topics, groups and transactional ids, prefixed ACLs, a quota.
 */
import type { Endpoint } from '#sandbox/providers/provider.ts';

/** What a program needs to act as one tenant. `prefix` ends with its delimiter: `u7f2k9xq.`. */
export interface Tenant {
  principal: string;
  password: string;
  prefix: string;
}

/** A topic of one generation of a tenant: `orders` is `u7f2k9xq.3.orders` on the broker. */
export interface TenantTopic {
  logical: string;
  name: string;
  partitions: number;
}

/** What a tenant's topic is created from. */
export interface TopicRequest {
  logical: string;
  partitions: number;
  /** Defaults to the number of brokers. */
  replicas?: number | undefined;
  /** False for a topic that the learner creates; its name is returned all the same. */
  create?: boolean | undefined;
}

export interface Tenancy {
  readonly broker: Endpoint;
  /** Creates principal, ACLs and quota, and returns once the broker enforces them. */
  create(): Promise<Tenant>;
  /** Deletes the tenant's topics, groups, ACLs, quota and principal. Skips what no longer exists. */
  remove(tenant: Tenant): Promise<void>;
  /**
   * Creates the topics of a generation; returns when they accept records. Of earlier generations only the last may still exist
   * then.
   * @throws PlatformError SERVICE_NOT_READY when the broker has no room for more
   */
  createTopics(tenant: Tenant, generation: number, topics: readonly TopicRequest[]): Promise<TenantTopic[]>;
  /** Deletes every topic of the tenant whose generation is below `generation`. */
  deleteOldTopics(tenant: Tenant, generation: number): Promise<void>;
  /** Returns whether the tenant's topics were deleted for holding too much since the last call. */
  tookTopics(tenant: Tenant): boolean;
  /**
   * Removes every tenant of this installation that is on the broker and not in `keep`: what a crash left. Those of other installations
   * stay. Returns how many it removed.
   */
  sweep(keep: readonly Tenant[]): Promise<number>;
}
