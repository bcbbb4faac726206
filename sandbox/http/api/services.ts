import type { Catalog } from '#sandbox/catalog/catalog.ts';
import type { Config } from '#sandbox/config.ts';
import type { GradingQueue } from '#sandbox/grading/queue.ts';
import type { Identify } from '#sandbox/identity/identify.ts';
import type { Leases } from '#sandbox/leases/leases.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { RunLens } from '#sandbox/runs/run-lens.ts';
import type { Runs } from '#sandbox/runs/runs.ts';
import type { SqlHelp } from '#sandbox/runs/sql-help.ts';
import type { Store } from '#sandbox/store/store.ts';
import type { EventBus } from '../events/bus.ts';

/** What the routes work with. */
export interface Services {
  config: Pick<Config, 'limits' | 'siteDir' | 'logLevel' | 'publicUrl'>;
  catalog: Catalog;
  store: Store;
  leases: Leases;
  runs: Runs;
  lens: Omit<RunLens, 'follow' | 'followJobs' | 'watermarkOf'>;
  sqlHelp: SqlHelp;
  queue: GradingQueue;
  bus: EventBus;
  /** Checks every service within half a second. */
  health: () => Promise<Health>;
  identify: Identify;
  /** The cookie's value that pages set. */
  token: string;
  newId: () => string;
  /** Where log lines go; nowhere by default. */
  log?: { write(line: string): void };
}
