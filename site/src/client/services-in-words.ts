/** What the bar says of the services that a page needs. Pure. */
import type { Health } from '#sandbox/protocol/health.ts';

type State = Health['services'][string];

export interface ServicesView {
  /** The worst state of what the page needs. */
  state: State;
  words: string;
  /** Whether a later answer can differ: something that the page needs is starting, or has failed and is started again. */
  isOpen: boolean;
}

/** Worst first. */
const ORDER: readonly State[] = ['failed', 'starting', 'ready'];

/**
 * Returns `kafka ready`, `kafka and flink ready` or `kafka ready, flink starting`: each service with its own state, for one that is ready
 * says nothing of another that is not.
 *
 * @param needed names of services, in the order of their start; null for all that run
 */
export function servicesInWords(services: Health['services'], needed: readonly string[] | null): ServicesView {
  const names = needed ?? Object.keys(services);
  // A service that no one has needed yet is not in the answer; a page that needs it has it started.
  const states = names.map((name) => ({ name, state: services[name] ?? 'starting' }));
  const groups = Map.groupBy(states, ({ state }) => state);
  const words = [...groups].map(([state, of]) => `${of.map(({ name }) => name).join(' and ')} ${state}`);
  const state = ORDER.find((one) => groups.has(one)) ?? 'starting';
  return { state, words: words.join(', '), isOpen: state !== 'ready' };
}
