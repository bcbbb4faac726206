/** Learners beside each other: whatever Ada does, Bob's run takes at most twice what it takes alone. */
import { expect, test } from 'vitest';
import { attack } from '../attack.ts';
import type { Product } from '../learners.ts';
import { besideAttack } from '../neighbour.ts';

export function floodCases(product: Product): void {
  test.each([
    ['processes', 'fork-bomb'],
    ['memory', 'memory-hog'],
    ['threads that calculate', 'busy-threads'],
    ['output', 'loud'],
    ['files', 'fill-disks'],
    ['records', 'flood-records'],
    ['connections and logins', 'flood-connections'],
  ])(
    "next to a flood of %s another learner's run takes at most twice its time without one",
    async (_what, name) => {
      const beside = await besideAttack(product, () => attack(product, name, { brief: true }));
      console.log(`beside ${name}: ${JSON.stringify(beside)}`);
      expect(beside.runs).toBeGreaterThan(0);
      expect(beside.attacks).toBeGreaterThan(0);
      expect(beside.besideMs / beside.soloMs).toBeLessThanOrEqual(2);
    },
    90_000,
  );
}
