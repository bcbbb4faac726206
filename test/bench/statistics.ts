/** p50, p95 and max of timings in ms, one decimal, with the number of samples. */
export function summary(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** Runs `task` and gives its time in ms. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Runs both tasks alternately so that a load from outside hits both; gives their timings and the ratio of their medians. */
export async function compare(count: number, ours: () => Promise<unknown>, baseline: () => Promise<unknown>) {
  const timings = { ours: [] as number[], baseline: [] as number[] };
  for (let i = 0; i < count; i++) {
    timings.ours.push(await timed(ours));
    timings.baseline.push(await timed(baseline));
  }
  const [a, b] = [summary(timings.ours), summary(timings.baseline)];
  return { ours: a, baseline: b, ratio: round(a.p50 / b.p50, 2) };
}
