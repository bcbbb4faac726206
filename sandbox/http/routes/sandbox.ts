import type { FastifyRequest } from 'fastify';
import { lendable, type Needs, needsOf } from '#sandbox/catalog/needs.ts';
import type { Lease } from '#sandbox/leases/lease.ts';
import { openSandboxSchema, type SandboxState, sandboxSchema } from '#sandbox/protocol/sandbox.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import type { Services } from '../api/services.ts';

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
    return { state: 'preparing', awaiting: waitingFor(services.kafka === 'ready' ? 'sandbox' : 'kafka') };
  }

  app.post(
    '/api/sandbox',
    { config: access('learner'), schema: { body: openSandboxSchema, response } },
    async (request, reply) => {
      const { spec } = catalog.exercise(request.body.lesson);
      return reply.code(202).send(await ready(request, needsOf(spec)));
    },
  );

  app.post('/api/sandbox/reset', { config: access('learner'), schema: { response } }, async (request, reply) => {
    const learnerId = learnerOf(request).id;
    await runs.stopAll(learnerId);
    lens.forget(learnerId);
    const lease = leases.current(learnerId);
    const had = lease ? heldBy(lease) : NOTHING;
    await leases.release(learnerId);
    return reply.code(202).send(await ready(request, had));
  });
}

const NOTHING: Needs = { dedicatedBrokers: 0, lent: [] };

function heldBy(lease: Lease): Needs {
  return { dedicatedBrokers: lease.dedicatedKafka.size(), lent: lendable.filter((name) => lease[name].current()) };
}

/** Returns whether everything that is needed is ready. Requests what is missing, without waiting for it. */
function stateOf(lease: Lease, { dedicatedBrokers, lent }: Needs): SandboxState {
  const { dedicatedKafka } = lease;
  if (dedicatedBrokers !== 0 && !dedicatedKafka.current(dedicatedBrokers)) {
    return { state: 'preparing', awaiting: dedicatedKafka.warm(dedicatedBrokers) };
  }
  // A learner's own brokers come with a workspace.
  const missing = lent
    .filter((name) => dedicatedBrokers === 0 || name !== 'workspace')
    .map((name) => lease[name])
    .filter((held) => !held.current());
  for (const held of missing) held.warm();
  const [first] = missing;
  return first ? { state: 'preparing', awaiting: first.awaiting } : { state: 'ready' };
}
