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

/** What a topic of a tenant is made from. */
export interface TopicRequest {
  logical: string;
  partitions: number;
  /** As many as there are brokers when left out. */
  replicas?: number | undefined;
  /** False for one that the learner makes; its name is given all the same. */
  create?: boolean | undefined;
}

export interface Tenancy {
  readonly broker: Endpoint;
  /** Makes principal, ACLs and quota, and returns once the broker enforces them. */
  create(): Promise<Tenant>;
  /** Deletes the tenant's topics, groups, ACLs, quota and principal. Does nothing for what is gone already. */
  remove(tenant: Tenant): Promise<void>;
  /**
   * Creates the topics of a generation; returns when they can be produced to. Of earlier ones only the last may still be there by then.
   * @throws PlatformError SERVICE_NOT_READY when the broker has no room for more
   */
  createTopics(tenant: Tenant, generation: number, topics: readonly TopicRequest[]): Promise<TenantTopic[]>;
  /** Deletes every topic of the tenant whose generation is below `generation`. */
  deleteOldTopics(tenant: Tenant, generation: number): Promise<void>;
  /** Whether the tenant's topics were deleted for holding too much, since the last time that it was asked. */
  tookTopics(tenant: Tenant): boolean;
  /** Removes every tenant that is on the broker and not in `keep`: what a crash left. Returns how many there were. */
  sweep(keep: readonly Tenant[]): Promise<number>;
}
