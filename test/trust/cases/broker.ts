/** What one learner may send to the broker that all share: any bytes. It stays up, the same process, for the learner beside. */
import { expect, test } from 'vitest';
import { attack } from '../attack.ts';
import type { Product } from '../learners.ts';
import { besideAttack } from '../neighbour.ts';

/** Names of what `test/fixtures/trust/broker-attacks.ts` sends. */
export const BROKER_ATTACKS = [
  'announced sizes',
  'announced sizes before a login',
  'halves of large requests',
  'large members of groups',
  'many members of groups',
  'many groups',
  'zstd that inflates',
  'zstd behind its end',
  'zstd with a large window',
  'gzip that inflates',
  'snappy that announces a size',
  'snappy that announces a block',
  'lz4 that inflates',
  'records without number',
  'records that are all refused',
  'producers without number',
  'descriptions that nobody reads',
  'large requests without acknowledgement',
  'sizes that are none',
  'bytes without order',
];

/** How long an attack goes on when everything has been sent. */
const HOLD_MS = 1500;

export function attackBroker(product: Product, name: string) {
  return attack(product, 'broker-attacks', { given: { attack: name, holdMs: HOLD_MS } });
}

export function brokerCases(product: Product, names: readonly string[] = BROKER_ATTACKS): void {
  test.each(names)(
    '%s leave the broker up, and a neighbour works meanwhile and afterwards',
    { timeout: 90_000 },
    async (name) => {
      const { pid, incarnation } = product.stack.broker;
      const work = async () => expect((await attack(product, 'neighbour', { as: 'bob' })).said).toEqual([{ sent: 20 }]);
      const [{ run, said, output }] = await Promise.all([attackBroker(product, name), work()]);
      expect(said[0]?.opened, `${JSON.stringify(run.result)} ${output}`).toBeGreaterThan(0);
      await work();
      expect({ pid: product.stack.broker.pid, incarnation: product.stack.broker.incarnation }).toEqual({ pid, incarnation });
    },
  );
}

/** Those that keep a broker or the gate busiest. */
const BUSY_ATTACKS = [
  'announced sizes',
  'large members of groups',
  'zstd that inflates',
  'gzip that inflates',
  'records without number',
  'descriptions that nobody reads',
  'large requests without acknowledgement',
];

export function brokerFloodCases(product: Product): void {
  test.each(BUSY_ATTACKS)("beside %s a neighbour's run takes at most twice its time alone", { timeout: 90_000 }, async (name) => {
    const { pid } = product.stack.broker;
    const beside = await besideAttack(product, () => attackBroker(product, name));
    console.log(`beside ${name}: ${JSON.stringify(beside)}`);
    expect(product.stack.broker.pid).toBe(pid);
    expect(beside.besideMs / beside.soloMs).toBeLessThanOrEqual(2);
  });
}
