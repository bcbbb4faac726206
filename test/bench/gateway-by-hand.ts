import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Endpoint } from '#sandbox/providers/provider.ts';

const POLL_MS = 20;
const answerSchema = z.looseObject({
  sessionHandle: z.string().optional(),
  operationHandle: z.string().optional(),
  status: z.string().optional(),
  errors: z.array(z.string()).optional(),
  resultType: z.string().optional(),
  jobID: z.string().nullish(),
  nextResultUri: z.string().nullish(),
  results: z.looseObject({ data: z.array(z.unknown()) }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** A SQL gateway as one uses it by hand after Flink's documentation: open a session, submit, poll the status, follow the result, close. */
export function gatewayByHand({ gateway, rest }: { gateway: Endpoint; rest: Endpoint }) {
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`http://${gateway.host}:${gateway.port}/v1${path}`, { method, ...init });
    return answerSchema.parse(await response.json());
  };

  async function settle(session: string, statement: string): Promise<string> {
    const { operationHandle } = await ask('POST', `/sessions/${session}/statements`, { statement });
    const operation = `/sessions/${session}/operations/${operationHandle}`;
    for (;;) {
      const { status } = await ask('GET', `${operation}/status`);
      if (status === 'FINISHED' || status === 'ERROR') return operation;
      await delay(POLL_MS);
    }
  }

  /** @returns the id of the job that worked for it */
  async function readToEnd(operation: string): Promise<string | null> {
    let jobId: string | null = null;
    for (let token = '0'; ; ) {
      const page = await ask('GET', `${operation}/result/${token}?rowFormat=JSON`);
      if (page.errors) throw new Error(page.errors.join('\n'));
      jobId ??= page.jobID ?? null;
      if (page.resultType === 'EOS') return jobId;
      token = /\/result\/(\d+)/.exec(page.nextResultUri ?? '')?.[1] ?? token;
      if (!page.results?.data.length) await delay(POLL_MS);
    }
  }

  async function untilJobEnded(jobId: string): Promise<void> {
    for (;;) {
      const response = await fetch(`http://${rest.host}:${rest.port}/jobs/${jobId}/status`);
      const { status } = z.looseObject({ status: z.string() }).parse(await response.json());
      if (status === 'FINISHED') return;
      if (status === 'FAILED' || status === 'CANCELED') throw new Error(`the job ended as ${status}`);
      await delay(POLL_MS);
    }
  }

  return {
    /** Runs statements to the end of their results and jobs, in a session of their own. @throws Error with what Flink says */
    async run(statements: readonly string[], properties: Readonly<Record<string, string>>): Promise<void> {
      const { sessionHandle = '' } = await ask('POST', '/sessions', { properties });
      for (const statement of statements) {
        const jobId = await readToEnd(await settle(sessionHandle, statement));
        if (jobId !== null && /^\s*insert/i.test(statement)) await untilJobEnded(jobId);
      }
      await ask('DELETE', `/sessions/${sessionHandle}`);
    },
    /** Times of one refusal each, in ms, from submitting to the error. @throws Error when a statement is not refused */
    async refusals(statements: readonly string[], properties: Readonly<Record<string, string>>): Promise<number[]> {
      const { sessionHandle = '' } = await ask('POST', '/sessions', { properties });
      const times: number[] = [];
      for (const statement of statements) {
        const from = performance.now();
        const { operationHandle } = await ask('POST', `/sessions/${sessionHandle}/statements`, { statement });
        for (;;) {
          const page = await ask('GET', `/sessions/${sessionHandle}/operations/${operationHandle}/result/0?rowFormat=JSON`);
          if (page.errors) break;
          if (page.resultType !== 'NOT_READY') throw new Error(`not refused: ${statement}`);
          await delay(1);
        }
        times.push(performance.now() - from);
      }
      await ask('DELETE', `/sessions/${sessionHandle}`);
      return times;
    },
  };
}
