/**
 * Finds which changes each operator of a statement emits, from Flink's own plan: `EXPLAIN CHANGELOG_MODE`.
 */
import { StatementError } from '#sandbox/services/flink/client/gateway.ts';
import { openScratch, type ScratchOptions } from '#sandbox/services/flink/session/scratch.ts';
import type { PlannedOperator } from '../contract/program.ts';
import { type SqlFile, type Statement, splitSql } from './split.ts';

export interface ChangelogOptions extends ScratchOptions {
  /** As in the run; indexes of statements count through all of them. */
  files: readonly SqlFile[];
}

const TAKES_ALL = "'connector' = 'kafka', 'topic' = 'shown', 'format' = 'debezium-json'";
const SIGNS: Readonly<Record<string, string>> = { I: '+I', UB: '-U', UA: '+U', D: '-D' };

/**
 * Returns the planned operators of each query and insert, by the index of its statement, from a session that is then discarded. Omits a
 * statement that cannot be explained.
 * @throws PlatformError SERVICE_NOT_READY when Flink is not responding; the signal's reason
 */
export async function changelogModes({ files, ...options }: ChangelogOptions): Promise<Map<number, PlannedOperator[]>> {
  await using scratch = await openScratch(options);
  const modes = new Map<number, PlannedOperator[]>();
  for (const [index, statement] of files.flatMap(splitSql).entries()) {
    const rows = await scratch.ask(statement.explained ? explained(statement) : statement.run.sql).catch(nothingOfRefused);
    const plan = rows[0]?.values[0];
    if (statement.explained && plan) modes.set(index, plannedOperators(plan));
  }
  return modes;
}

function nothingOfRefused(error: unknown): [] {
  if (error instanceof StatementError) return [];
  throw error;
}

/**
 * Which changes an operator emits depends on their reader. The page takes all, including the row that an update replaces. Flink would leave
 * that out of a query that is only explained, so the query is explained as if it wrote to a table that takes all.
 */
function explained({ kind, run, explain }: Statement): string {
  const sql = kind === 'query' ? `EXPLAIN CREATE TABLE shown WITH (${TAKES_ALL}) AS ${run.sql}` : explain.sql;
  return sql.replace(/^EXPLAIN\b/, 'EXPLAIN CHANGELOG_MODE');
}

/** @param plan the text that EXPLAIN CHANGELOG_MODE returns */
export function plannedOperators(plan: string): PlannedOperator[] {
  const section = /== Optimized Physical Plan ==\n([\s\S]*?)(?:\n\n|$)/.exec(plan)?.[1] ?? '';
  const operators: PlannedOperator[] = [];
  // A line's inputs are below it and deeper. Flink numbers inputs first, so each line is added after its last input.
  const open: { depth: number; operator: PlannedOperator }[] = [];
  const close = (depth: number) => {
    while ((open.at(-1)?.depth ?? -1) >= depth) {
      const closed = open.pop();
      if (closed) operators.push(closed.operator);
    }
  };
  for (const line of section.split('\n')) {
    const match = /^([\s:|+-]*)(\w+)/.exec(line);
    if (!match) continue;
    const [, indent = '', type = ''] = match;
    close(indent.length);
    open.push({ depth: indent.length, operator: { type, mode: modeOf(line) } });
  }
  close(0);
  return operators;
}

function modeOf(line: string): string | null {
  const kinds = /changelogMode=\[([A-Z,]+)\]\)$/.exec(line)?.[1]?.split(',') ?? [];
  return kinds.flatMap((kind) => SIGNS[kind] ?? []).join(' ') || null;
}
