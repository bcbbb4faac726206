/**
 * The REST API of Flink's SQL gateway, version 2: sessions, statements, results, completion.
 */
import { z } from 'zod';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { type FlinkAnswer, noAnswer, openFlinkHttp } from './http.ts';
import { StatementError, statementProblemOf } from './problem.ts';
import { type ResultPage, resultPageOf } from './result.ts';

export { type GatewayProblem, StatementError } from './problem.ts';
export type { ResultPage } from './result.ts';

export interface FlinkGateway extends Disposable {
  /** @returns the session's id */
  openSession(properties: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<string>;
  /** Ends the session and its jobs. Does nothing for a session that no longer exists. */
  closeSession(session: string): Promise<void>;
  /**
   * Submits a statement. A session executes its statements one after another; a job that one has started continues meanwhile.
   * @returns the id of the operation, whose result is fetched from token 0
   */
  submit(session: string, sql: string, signal?: AbortSignal): Promise<string>;
  /**
   * Returns the next part of a result immediately, even when there is nothing yet.
   * @throws StatementError when the statement was refused or failed
   */
  fetch(session: string, operation: string, token: number, signal?: AbortSignal): Promise<ResultPage>;
  /** Returns the names and keywords that Flink suggests at `position` (from 0) of a statement. */
  complete(session: string, statement: string, position: number, signal?: AbortSignal): Promise<string[]>;
}

const openedSchema = z.looseObject({ sessionHandle: z.string() });
const submittedSchema = z.looseObject({ operationHandle: z.string() });
const completedSchema = z.looseObject({ candidates: z.array(z.string()) });

/**
 * Returns a client of the gateway at `endpoint`; dispose it to close its connections. Each call throws a StatementError when
 * Flink or the gate refuses it, PlatformError SERVICE_NOT_READY when Flink is not responding, and the signal's reason.
 */
export function connectFlinkGateway(endpoint: Endpoint): FlinkGateway {
  const http = openFlinkHttp(endpoint);
  const of = (session: string) => `/v2/sessions/${session}`;
  return {
    async openSession(properties, signal) {
      const answer = await http.ask('POST', '/v2/sessions', { body: { properties }, signal });
      return accepted(answer, openedSchema).sessionHandle;
    },
    async closeSession(session) {
      await http.ask('DELETE', of(session));
    },
    async submit(session, statement, signal) {
      const answer = await http.ask('POST', `${of(session)}/statements`, { body: { statement }, signal });
      return accepted(answer, submittedSchema).operationHandle;
    },
    async fetch(session, operation, token, signal) {
      // In plain text, Flink writes every value as SQL does: no number is rounded, and timestamps are not in ISO format.
      const path = `${of(session)}/operations/${operation}/result/${token}?rowFormat=PLAIN_TEXT`;
      return resultPageOf(accepted(await http.ask('GET', path, { signal }), z.unknown()));
    },
    async complete(session, statement, position, signal) {
      const answer = await http.ask('GET', `${of(session)}/complete-statement`, { body: { statement, position }, signal });
      return accepted(answer, completedSchema).candidates;
    },
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

function accepted<T>({ status, body }: FlinkAnswer, schema: z.ZodType<T>): T {
  if (status >= 400) throw new StatementError(statementProblemOf(body));
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw noAnswer(new Error('its answer has an unknown format', { cause: parsed.error }));
  return parsed.data;
}
