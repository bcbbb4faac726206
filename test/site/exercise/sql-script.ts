/** What the stub server plays as the statements of a SQL run. A comment in the program picks the variant: `-- play: updates`. */

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Run, RunResult } from '#sandbox/protocol/run.ts';
import type { SqlChange, SqlChecked, SqlCompletions, SqlError, SqlStatement } from '#sandbox/protocol/sql.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { preparingSqlRun } from './preparing-run.ts';
import type { StubState } from './stub-server.ts';

const STEP_MS = 30;
const CUSTOMERS = ['Ada Lind', 'Bo Hallberg', 'Chi Nguyen', 'Dora Weiss'];

type Given = { runId: string; lesson: string; text: string };

export function sqlVariant(text: string): string | null {
  return /-- play: (\w+)/.exec(text)?.[1] ?? null;
}

export async function playSqlRun(state: StubState, { runId, lesson, text }: Given): Promise<void> {
  const stopped = new AbortController();
  state.stops.set(runId, () => stopped.abort());
  const run = preparingSqlRun(runId, lesson, text);
  state.runs.set(runId, run);
  state.lens = { runId, topics: [], records: new Map(), groups: [] };
  state.jobs = [];
  state.send({ type: 'run.preparing', runId, awaiting: waitingFor('flink') });
  await pause(STEP_MS);
  const startedAt = performance.now();
  const atMs = () => Math.round(performance.now() - startedAt);
  Object.assign(run, { status: 'running', awaiting: null });
  state.send({ type: 'run.started', runId });

  const tell = (statement: SqlStatement) => {
    run.sql!.statements = [...run.sql!.statements.filter(({ index }) => index !== statement.index), statement];
    state.send({ type: 'sql.statement', runId, statement });
  };
  const end = (result: RunResult) => {
    Object.assign(run, { status: 'finished', result });
    state.send({ type: 'run.finished', runId, result, error: null });
  };
  tell(statement(0, 'tables.sql', [2, 12], { kind: 'other', status: 'finished', startMs: 0, endMs: 12 }));
  tell(statement(1, 'main.sql', [1, 7], { kind: 'other', status: 'finished', startMs: 12, endMs: 31 }));
  await pause(STEP_MS);
  const query = statement(2, 'main.sql', [10, 12], { kind: 'query', startMs: 31 });
  if (sqlVariant(text) === 'refused') {
    const error = {
      code: 'invalid_sql',
      message: "Column 'customr' not found in any table",
      range: { line: 10, column: 8, endLine: 10, endColumn: 14 },
    } as const satisfies SqlError;
    tell({ ...query, status: 'failed', endMs: 40, error });
    return end({ kind: 'sql-failed', index: 2, error, durationMs: 40 });
  }
  const columns = ['customer', 'paid_at', 'revenue_cents'].map((name) => ({ name, type: 'STRING' }));
  tell({ ...query, columns, jobId: 'job1' });
  const result: NonNullable<Run['sql']>['results'][number] = { index: 2, first: 0, changes: [], table: { rows: [], total: 0 } };
  run.sql!.results = [result];
  let count = 0;
  const batches = sqlVariant(text) === 'flood' ? 60 : 8;
  for (let batch = 0; batch < batches && !stopped.signal.aborted; batch++) {
    const changes = changesOf(batch, batches === 8 ? 1 : 15, atMs());
    state.send({ type: 'sql.changes', runId, index: 2, first: count, changes });
    count += changes.length;
    result.changes = [...result.changes, ...changes].slice(-500);
    result.first = count - result.changes.length;
    result.table = {
      rows: changes
        .filter(({ op }) => op !== '-U')
        .slice(-4)
        .map(({ values }) => values),
      total: 4,
    };
    state.send({ type: 'sql.table', runId, index: 2, table: result.table });
    tell({ ...query, columns, jobId: 'job1', changeCount: count });
    await pause(STEP_MS);
  }
  if (!stopped.signal.aborted) await once(stopped.signal, 'abort');
  tell({ ...query, columns, jobId: 'job1', changeCount: count, status: 'cancelled', endMs: atMs() });
  end({ kind: 'cancelled', durationMs: atMs() });
}

function statement(index: number, file: string, [line, endLine]: [number, number], more: Partial<SqlStatement>): SqlStatement {
  return {
    ...{ index, file, range: { line, column: 1, endLine, endColumn: 1 }, kind: 'other', status: 'running', columns: [] },
    ...{ jobId: null, changeCount: 0, error: null, ...more },
  };
}

/** Each customer's sum once more, `times` over. */
function changesOf(batch: number, times: number, atMs: number): SqlChange[] {
  return Array.from({ length: times * CUSTOMERS.length }, (_, place) => {
    const customer = CUSTOMERS[place % CUSTOMERS.length]!;
    const round = batch * times + Math.floor(place / CUSTOMERS.length);
    const sum = (of: number) => String((place + 3) * 990 + of * 1250);
    const time = (of: number) => (of % 5 === 3 ? null : `2026-03-02 08:0${of % 10}:00`);
    const came = { values: [customer, time(round), sum(round)], atMs };
    const gone: SqlChange = { op: '-U', values: [customer, time(round - 1), sum(round - 1)], atMs };
    return round === 0 ? [{ op: '+I' as const, ...came }] : [gone, { op: '+U' as const, ...came }];
  }).flat();
}

/** Whatever is called `wrong` is refused; with `no-flink` in the text there is none yet. */
export function checkOf(text: string): SqlChecked {
  if (text.includes('no-flink')) return { checked: false, awaiting: waitingFor('flink'), errors: [] };
  const errors = text.split('\n').flatMap((line, index): SqlError[] => {
    const column = line.search(/\bwrong\b/) + 1;
    const range = { line: index + 1, column, endLine: index + 1, endColumn: column + 4 };
    return column > 0 ? [{ code: 'invalid_sql', message: "Column 'wrong' not found in any table", range }] : [];
  });
  return { checked: true, awaiting: null, errors };
}

export function completionsOf(text: string, line: number): SqlCompletions {
  const columns = ['id', 'customer', 'kind', 'amount_cents'].map((label) => ({ label, kind: 'column' as const }));
  const afterDot = /\.\w*$/.test(text.split('\n')[line - 1] ?? '');
  return { items: afterDot ? columns : [...columns, { label: 'payments', kind: 'table' }] };
}
