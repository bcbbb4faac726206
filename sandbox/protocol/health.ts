import { z } from 'zod';

export const serviceStateSchema = z.enum(['starting', 'ready', 'failed']);

/** How many of a pool are with somebody, warm, being made and awaited. */
export const poolCountsSchema = z.strictObject({
  lent: z.number().int(),
  spare: z.number().int(),
  starting: z.number().int(),
  waiting: z.number().int(),
  /** How many were asked for ahead of a class, lent and spare; 0 when none were. */
  raised: z.number().int(),
  /** The most that there may be at this moment; null where there is no limit. */
  cap: z.number().int().nullable(),
});

/**
 * `GET /api/health`. Of Kafka by a real call, not remembered; `flink` is there once a lesson needed it, as its watchdog saw it last.
 */
export const healthSchema = z.strictObject({
  status: z.enum(['ok', 'degraded', 'starting']),
  provider: z.string(),
  isolation: z.enum(['full', 'weak', 'none']),
  /** What makes the isolation less than full, in words; `npm run doctor` tells what mends it. */
  weaknesses: z.array(z.string()),
  services: z.record(z.string(), serviceStateSchema),
  /** Why no sandbox can be opened, in words: `engine does not answer`; null while all is well. */
  reason: z.string().nullable(),
  pools: z.strictObject({ workspaces: poolCountsSchema, flinks: poolCountsSchema }),
});

export type Health = z.infer<typeof healthSchema>;
