import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Needs } from '#sandbox/catalog/needs.ts';
import type { RoundData } from '#sandbox/generators/round.ts';
import type { Language } from '#sandbox/languages/contract/language.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { RunRecord } from './run-record.ts';
import type { RunTarget } from './run-target.ts';

/** A run whose sandbox, topics and input data are there. */
export interface PreparedRun {
  run: RunRecord;
  exercise: Exercise;
  language: Language;
  needs: Needs;
  files: Files;
  lease: Lease;
  target: RunTarget;
  generation: number;
  topics: readonly TenantTopic[];
  round: RoundData;
}
