/**
 * A session at the gate's REST API, as bare as for an attacker who has found the port and knows a session.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Flink } from '#sandbox/services/flink/flink.ts';

/** How a statement ended. */
export type Outcome =
  | { code: 'ok'; rows: (string | null)[][]; jobId: string | null; ms: number }
  | { code: string; message: string; range?: string; ms: number };

export interface GateSession extends AsyncDisposable {
  id: string;
  /** Runs a statement and reads its result to the end, or until it has `rows` rows. */
  run(statement: string, options?: { settings?: Record<string, string>; rows?: number; signal?: AbortSignal }): Promise<Outcome>;
  close(): Promise<void>;
}

interface Page {
  errors?: string[];
  sessionHandle?: string;
  operationHandle?: string;
  resultType?: 'NOT_READY' | 'PAYLOAD' | 'EOS';
  nextResultUri?: string;
  jobID?: string;
  results?: { data: { fields: (string | null)[] }[] };
}

/** Sends any request to the gateway; returns the body, whatever the status. */
export async function ask(flink: Flink, method: string, path: string, body?: unknown): Promise<Page> {
  const response = await fetch(`http://${flink.gateway.host}:${flink.gateway.port}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.json() as Promise<Page>;
}

/** Opens a session with these properties; returns what is wrong with them when they are refused. */
export async function openGateSession(flink: Flink, properties: Record<string, string>): Promise<GateSession | Outcome> {
  const started = performance.now();
  const opened = await ask(flink, 'POST', '/v2/sessions', { properties });
  const id = opened.sessionHandle;
  if (!id) return problem(opened, performance.now() - started);
  const close = async () => {
    await ask(flink, 'DELETE', `/v2/sessions/${id}`);
  };
  return { id, run: (statement, options = {}) => run(flink, id, statement, options), close, [Symbol.asyncDispose]: close };
}

async function run(
  flink: Flink,
  session: string,
  statement: string,
  { settings = {}, rows: wanted = Number.POSITIVE_INFINITY, signal }: Parameters<GateSession['run']>[1] & object,
): Promise<Outcome> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  const submitted = await ask(flink, 'POST', `/v2/sessions/${session}/statements`, { statement, executionConfig: settings });
  if (!submitted.operationHandle) return problem(submitted, elapsed());
  let next: string | undefined = `/v2/sessions/${session}/operations/${submitted.operationHandle}/result/0?rowFormat=JSON`;
  const rows: (string | null)[][] = [];
  let jobId: string | null = null;
  while (next !== undefined && rows.length < wanted && !signal?.aborted) {
    const page: Page = await ask(flink, 'GET', next);
    if (page.errors) return problem(page, elapsed());
    const data = page.results?.data ?? [];
    rows.push(...data.map(({ fields }) => fields));
    jobId = page.jobID ?? jobId;
    next = page.nextResultUri;
    if (data.length === 0 && next !== undefined) await delay(5);
  }
  return { code: 'ok', rows, jobId, ms: elapsed() };
}

function problem({ errors = [] }: Page, ms: number): Outcome {
  const text = errors.join('\n');
  const [, json] = /SqlError: (\{.*\})/.exec(text) ?? [];
  if (!json) return { code: 'unexplained', message: text, ms };
  const { code, message, line, column, endLine, endColumn } = JSON.parse(json);
  return { code, message, ms, ...(line !== undefined && { range: `${line}:${column}-${endLine}:${endColumn}` }) };
}
