import type { Workspace } from '#sandbox/providers/provider.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';

/** A learner's sandbox: a tenant on the broker, and a workspace that reaches it. */
export class Lease implements AsyncDisposable {
  readonly tenant: Tenant;
  readonly workspace: Workspace;
  readonly #remove: () => Promise<void>;
  readonly #now: () => number;
  #generation = 0;
  #users = 0;
  #touchedAt: number;

  constructor(parts: { tenant: Tenant; workspace: Workspace; remove: () => Promise<void>; now: () => number }) {
    this.tenant = parts.tenant;
    this.workspace = parts.workspace;
    this.#remove = parts.remove;
    this.#now = parts.now;
    this.#touchedAt = parts.now();
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
      },
    };
  }

  isIdle(idleMs: number): boolean {
    return this.#users === 0 && this.#now() - this.#touchedAt >= idleMs;
  }

  /** Ends the workspace, then removes the tenant with everything of it on the broker. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.workspace[Symbol.asyncDispose]();
    await this.#remove();
  }
}
