import { useMemo } from 'react';
import type { Colouring } from '../client/job-lens.ts';
import type { KnownRecord } from '../client/record-log.ts';
import { shortTimes } from '../client/short-times.ts';
import { sinkChanges } from '../client/sink-changes.ts';
import type { SqlResult as Result } from '../client/sql-state.ts';
import type { DeclaredTable } from '../client/sql-text.ts';
import { SqlResult } from './SqlResult.tsx';

interface Props {
  /** The table that the job writes to. */
  sink?: DeclaredTable | null;
  /** Records of the sink's topic. */
  written?: readonly KnownRecord[];
  /** Rows of a query. */
  result: Result | null;
  startedAt?: number | null;
  /** By default, each value of the first text column has its own colour. */
  colours?: Colouring | null;
}

const NO_RECORDS: readonly KnownRecord[] = [];

/** The output of a job: its changes next to the table that they add up to. */
export function JobOutput({ sink = null, written = NO_RECORDS, result, startedAt = null, colours = null }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a result is a new object each time, with the same rows
  const given = useMemo(() => {
    const all = sink ? sinkChanges(written, sink, startedAt) : ofQuery(result);
    const short = shortTimes([...all.changes.map(({ values }) => values), ...(all.table?.rows ?? [])]);
    return {
      ...all,
      changes: all.changes.map((change) => ({ ...change, values: [...short(change.values)] })),
      table: all.table && { ...all.table, rows: all.table.rows.map((row) => [...short(row)]) },
    };
  }, [sink, written, result?.changes, result?.table, startedAt]);
  const count = sink ? given.changes.length : (result?.count ?? 0);
  return (
    <div className="joboutput">
      <SqlResult
        columns={given.columns}
        changes={given.changes}
        first={sink ? 0 : (result?.first ?? 0)}
        count={count}
        table={given.table}
        {...(colours === null || colours.by === null ? {} : { colourOf: colours.ofValue })}
        title={sink ? `Written to ${sink.name}` : 'Changelog'}
      />
    </div>
  );
}

function ofQuery(result: Result | null) {
  const columns = result?.statement.columns.map(({ name }) => name) ?? [];
  return { columns, changes: result?.changes ?? [], table: result?.table ?? null };
}
