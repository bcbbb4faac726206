import type { FastifyRequest } from 'fastify';
import type { Lease } from '#sandbox/leases/lease.ts';
import { openSandboxSchema, type SandboxState, sandboxSchema } from '#sandbox/protocol/sandbox.ts';
import { type Api, learnerOf, problems } from '../api.ts';
import type { Services } from '../services.ts';

interface Needs {
  flink: boolean;
  workspace: boolean;
  /** Brokers of the learner's own; 0 where the shared one does. */
  ownBrokers: 0 | 1 | 3;
}

export function sandboxRoutes(app: Api, { catalog, leases, runs, lens, health }: Services): void {
  const response = { 202: sandboxSchema, ...problems };

  async function ready(request: FastifyRequest, needs: Needs): Promise<SandboxState> {
    const learnerId = learnerOf(request).id;
    leases.checkOpening(learnerId);
    const lease = leases.current(learnerId);
    if (lease) return stateOf(lease, needs);
    const { services } = await health();
    leases.hold(learnerId).then(
      (held) => stateOf(held, needs),
      (error: unknown) => request.log.warn({ err: error, learner: learnerId }, 'no sandbox'),
    );
    return { state: 'preparing', awaiting: services.kafka === 'ready' ? 'a free sandbox' : 'kafka' };
  }

  app.post('/api/sandbox', { schema: { body: openSandboxSchema, response } }, async (request, reply) => {
    const { spec } = catalog.exercise(request.body.lesson);
    const isShared = spec.broker === 'shared';
    const needs: Needs = {
      flink: spec.services.includes('flink'),
      workspace: isShared && spec.language !== 'flink-sql',
      ownBrokers: isShared ? 0 : (spec.brokers ?? 1),
    };
    return reply.code(202).send(await ready(request, needs));
  });

  app.post('/api/sandbox/reset', { schema: { response } }, async (request, reply) => {
    const learnerId = learnerOf(request).id;
    await runs.stopAll(learnerId);
    lens.forget(learnerId);
    const lease = leases.current(learnerId);
    const had: Needs = {
      flink: Boolean(lease?.flink.current()),
      workspace: Boolean(lease?.workspace.current()),
      ownBrokers: lease?.ownKafka.size() ?? 0,
    };
    await leases.release(learnerId);
    return reply.code(202).send(await ready(request, had));
  });
}

/** Whether all that is needed is there; what is not is taken, without waiting for it. */
function stateOf({ flink, workspace, ownKafka }: Lease, needs: Needs): SandboxState {
  const { ownBrokers } = needs;
  if (ownBrokers !== 0 && !ownKafka.current(ownBrokers)) {
    return { state: 'preparing', awaiting: ownKafka.warm(ownBrokers) };
  }
  const missing = [...(needs.workspace ? [workspace] : []), ...(needs.flink ? [flink] : [])].filter((held) => !held.current());
  for (const held of missing) held.warm();
  const [first] = missing;
  return first ? { state: 'preparing', awaiting: first.awaiting } : { state: 'ready' };
}
