import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import type { HeldDedicatedKafka } from './dedicated-kafka.ts';
import type { LentFlink } from './flink-pool.ts';
import type { Held } from './held.ts';
import type { LentWorkspace } from './workspace-pool.ts';

/** A learner's sandbox: a tenant on the broker, and what a lesson needs of a workspace that reaches it and a Flink. */
export class Lease implements AsyncDisposable {
  readonly tenant: Tenant;
  readonly workspace: Held<LentWorkspace>;
  readonly flink: Held<LentFlink>;
  /** Next to the shared broker. */
  readonly dedicatedKafka: HeldDedicatedKafka;
  readonly #remove: () => Promise<void>;
  readonly #now: () => number;
  #generation = 0;
  #users = 0;
  #touchedAt: number;
  #usedAt: number;

  constructor(parts: {
    tenant: Tenant;
    workspace: Held<LentWorkspace>;
    flink: Held<LentFlink>;
    dedicatedKafka: HeldDedicatedKafka;
    remove: () => Promise<void>;
    now: () => number;
  }) {
    this.tenant = parts.tenant;
    this.workspace = parts.workspace;
    this.flink = parts.flink;
    this.dedicatedKafka = parts.dedicatedKafka;
    this.#remove = parts.remove;
    this.#now = parts.now;
    this.#touchedAt = parts.now();
    this.#usedAt = this.#touchedAt;
  }

  /** Number of the topics of the last run; 0 before the first. */
  get generation(): number {
    return this.#generation;
  }

  /** Number of the topics of the next run, from 1. */
  nextGeneration(): number {
    this.#generation += 1;
    return this.#generation;
  }

  /** Tells that the learner is there. */
  touch(): void {
    this.#touchedAt = this.#now();
  }

  /** Keeps the lease from idling out until what comes back is disposed. */
  use(): Disposable {
    this.#users += 1;
    return {
      [Symbol.dispose]: () => {
        this.#users -= 1;
        this.touch();
        this.#usedAt = this.#touchedAt;
      },
    };
  }

  isIdle(idleMs: number): boolean {
    return this.#users === 0 && this.#now() - this.#touchedAt >= idleMs;
  }

  /** Whether nothing has run in it for so long, whether or not the learner is there. */
  isUnused(forMs: number): boolean {
    return this.#users === 0 && this.#now() - this.#usedAt >= forMs;
  }

  /** When something last ended in it, by the clock of the leases. */
  get usedAt(): number {
    return this.#usedAt;
  }

  /** When the learner was last there, by the clock of the leases. */
  get touchedAt(): number {
    return this.#touchedAt;
  }

  /** Ends the workspace and what runs in Flink, then removes the tenant with everything of it on the broker. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.flink[Symbol.asyncDispose]();
    await this.dedicatedKafka[Symbol.asyncDispose]();
    await this.workspace[Symbol.asyncDispose]();
    await this.#remove();
  }
}
