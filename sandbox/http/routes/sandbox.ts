import type { FastifyRequest } from 'fastify';
import { openSandboxSchema, type SandboxState, sandboxSchema } from '#sandbox/protocol/sandbox.ts';
import { type Api, learnerOf, problems } from '../api.ts';
import type { Services } from '../services.ts';

export function sandboxRoutes(app: Api, { catalog, leases, runs, lens, health }: Services): void {
  const response = { 202: sandboxSchema, ...problems };

  async function ready(request: FastifyRequest): Promise<SandboxState> {
    const learnerId = learnerOf(request).id;
    if (leases.isHeld(learnerId)) return { state: 'ready' };
    const { status } = await health();
    leases.hold(learnerId).catch((error: unknown) => request.log.warn({ err: error, learner: learnerId }, 'no sandbox'));
    return { state: 'preparing', awaiting: status === 'ok' ? 'a free sandbox' : 'kafka' };
  }

  app.post('/api/sandbox', { schema: { body: openSandboxSchema, response } }, async (request, reply) => {
    catalog.exercise(request.body.lesson);
    return reply.code(202).send(await ready(request));
  });

  app.post('/api/sandbox/reset', { schema: { response } }, async (request, reply) => {
    const learnerId = learnerOf(request).id;
    await runs.stopAll(learnerId);
    lens.forget(learnerId);
    await leases.release(learnerId);
    return reply.code(202).send(await ready(request));
  });
}
