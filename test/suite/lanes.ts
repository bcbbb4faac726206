interface Work<Job, Result> {
  run: (job: Job) => Promise<Result>;
  /** An earlier job that must have ended before this one begins. */
  after?: (job: Job) => Job | undefined;
}

/**
 * Works through jobs in their order, as many at a time as there are lanes.
 *
 * @returns what each job gave, in the order of the jobs
 */
export async function runInLanes<Job, Result>(
  jobs: readonly Job[],
  lanes: number,
  { run, after = () => undefined }: Work<Job, Result>,
): Promise<Result[]> {
  const begun = new Map<Job, Promise<Result>>();
  const results: Result[] = [];
  const waiting = jobs.entries();
  // All lanes share one iterator: whichever is free takes the next job.
  const lane = async () => {
    for (const [index, job] of waiting) {
      const earlier = after(job);
      if (earlier !== undefined) await begun.get(earlier);
      const running = run(job);
      begun.set(job, running);
      results[index] = await running;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
