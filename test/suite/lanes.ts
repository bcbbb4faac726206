/**
 * Works through jobs in their order, as many at a time as there are lanes.
 *
 * @returns what each job gave, in the order of the jobs
 */
export async function runInLanes<Job, Result>(
  jobs: readonly Job[],
  lanes: number,
  run: (job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = jobs.entries();
  // All lanes share one iterator: whichever is free takes the next job.
  const lane = async () => {
    for (const [index, job] of waiting) results[index] = await run(job);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
