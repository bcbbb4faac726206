import type { FastifyRequest } from 'fastify';
import { openSandboxSchema, type SandboxState, sandboxSchema } from '#sandbox/protocol/sandbox.ts';
import { type Api, learnerOf, problems } from '../api.ts';
import type { Services } from '../services.ts';

export function sandboxRoutes(app: Api, { catalog, leases, runs, lens, health }: Services): void {
  const response = { 202: sandboxSchema, ...problems };

  async function ready(request: FastifyRequest, needsFlink: boolean): Promise<SandboxState> {
    const learnerId = learnerOf(request).id;
    const lease = leases.current(learnerId);
    if (lease && (!needsFlink || lease.flink.current())) return { state: 'ready' };
    if (lease) {
      lease.flink.warm();
      return { state: 'preparing', awaiting: lease.flink.awaiting };
    }
    const { services } = await health();
    leases.hold(learnerId).then(
      ({ flink }) => needsFlink && flink.warm(),
      (error: unknown) => request.log.warn({ err: error, learner: learnerId }, 'no sandbox'),
    );
    return { state: 'preparing', awaiting: services.kafka === 'ready' ? 'a free sandbox' : 'kafka' };
  }

  app.post('/api/sandbox', { schema: { body: openSandboxSchema, response } }, async (request, reply) => {
    const { spec } = catalog.exercise(request.body.lesson);
    return reply.code(202).send(await ready(request, spec.services.includes('flink')));
  });

  app.post('/api/sandbox/reset', { schema: { response } }, async (request, reply) => {
    const learnerId = learnerOf(request).id;
    await runs.stopAll(learnerId);
    lens.forget(learnerId);
    const hadFlink = Boolean(leases.current(learnerId)?.flink.current());
    await leases.release(learnerId);
    return reply.code(202).send(await ready(request, hadFlink));
  });
}
