/** What Bob's run takes alone, and what it takes while Ada attacks. */
import { attack } from './attack.ts';
import type { Product } from './learners.ts';

export interface Beside {
  soloMs: number;
  besideMs: number;
  /** Runs of Bob's during the attack. */
  runs: number;
  /** Attacks that came to an end meanwhile. */
  attacks: number;
}

const SOLO_RUNS = 3;
/** So long Ada keeps at it: the median of fewer than five runs of Bob is one slow run away from twice. */
const FLOOD_MS = 8000;
const solo = new WeakMap<Product, number>();

/** Attacks again and again while Bob works. */
export async function besideAttack(product: Product, flood: () => Promise<unknown>): Promise<Beside> {
  const soloMs = await soloOf(product);
  const end = performance.now() + FLOOD_MS;
  const untilEnd = async <T>(act: () => Promise<T>) => {
    const results: T[] = [];
    while (performance.now() < end) results.push(await act());
    return results;
  };
  const [attacks, times] = await Promise.all([untilEnd(flood), untilEnd(() => bobsRun(product))]);
  return { soloMs, besideMs: median(times), runs: times.length, attacks: attacks.length };
}

async function soloOf(product: Product): Promise<number> {
  const known = solo.get(product);
  if (known !== undefined) return known;
  await bobsRun(product); // the first run of a sandbox is slower
  const times: number[] = [];
  for (let i = 0; i < SOLO_RUNS; i++) times.push(await bobsRun(product));
  solo.set(product, median(times));
  return median(times);
}

async function bobsRun(product: Product): Promise<number> {
  const { run, said } = await attack(product, 'neighbour', { as: 'bob' });
  if (said[0]?.sent !== 20) throw new Error(`Bob's run did not do its work: ${JSON.stringify(run)}`);
  return run.phases.program ?? Number.NaN;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
