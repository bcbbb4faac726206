import type { ResultPage } from '#sandbox/services/flink/client/gateway.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { startPace } from './pace.ts';
import type { FlinkSeat } from './seat.ts';
import { openSqlSession, type SqlSession } from './session.ts';

/** A session for checking statements: it starts no job and is discarded afterwards. */
export interface Scratch extends AsyncDisposable {
  readonly session: SqlSession;
  /** Returns all rows of a statement's result. @throws StatementError */
  ask(sql: string): Promise<ResultPage['rows']>;
}

export interface ScratchOptions {
  flink: FlinkSeat;
  tenant: Tenant;
  signal?: AbortSignal | undefined;
}

const PAUSE_MS = 20;

export async function openScratch({ flink, tenant, signal }: ScratchOptions): Promise<Scratch> {
  const { gateway } = flink;
  // Nothing is read, so the topics need not exist.
  const session = await openSqlSession({ flink, tenant, generation: 0, bounded: true, maxJobs: 1, signal });
  return {
    session,
    async ask(sql) {
      const operation = await gateway.submit(session.id, sql, signal);
      const rows: ResultPage['rows'] = [];
      const pace = startPace(PAUSE_MS);
      for (let token = 0; ; ) {
        const page = await gateway.fetch(session.id, operation, token, signal);
        rows.push(...page.rows);
        if (page.state === 'end') return rows;
        if (page.state === 'not-ready') await pace.wait(signal);
        token = page.nextToken;
      }
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
