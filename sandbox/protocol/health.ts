import { z } from 'zod';

export const serviceStateSchema = z.enum(['starting', 'ready', 'failed']);

/** How many members of a pool are lent, warm and starting, and how many callers wait for one. */
export const poolCountsSchema = z.strictObject({
  lent: z.number().int(),
  spare: z.number().int(),
  starting: z.number().int(),
  waiting: z.number().int(),
  /** How many were requested ahead of a class, lent and spare; 0 when none were. */
  raised: z.number().int(),
  /** Most members that the pool may have now; null without a limit. */
  cap: z.number().int().nullable(),
});

/** Why no sandbox can be opened, by code; `detail` is what went wrong last, as text. */
export const sandboxFaultSchema = z.strictObject({
  code: z.enum(['engine-silent', 'opening-fails']),
  detail: z.string().nullable(),
});

/**
 * `GET /api/health`. Kafka's state is from a real call; `flink` appears once a lesson has needed it, as its watchdog last saw it.
 */
export const healthSchema = z.strictObject({
  status: z.enum(['ok', 'degraded', 'starting']),
  provider: z.string(),
  isolation: z.enum(['full', 'weak', 'none']),
  /** What makes the isolation less than full, as text; `npm run doctor` says how to fix it. */
  weaknesses: z.array(z.string()),
  services: z.record(z.string(), serviceStateSchema),
  /** When a service that keeps ending is started next, by its name. */
  nextStarts: z.record(z.string(), z.iso.datetime()),
  /** Null while a sandbox can be opened. */
  reason: sandboxFaultSchema.nullable(),
  pools: z.strictObject({ workspaces: poolCountsSchema, flinks: poolCountsSchema }),
});

export type SandboxFault = z.infer<typeof sandboxFaultSchema>;
export type Health = z.infer<typeof healthSchema>;
