import { z } from 'zod';

export const serviceStateSchema = z.enum(['starting', 'ready', 'failed']);

/**
 * `GET /api/health`. Of Kafka by a real call, not remembered; `flink` is there once a lesson needed it, as its watchdog saw it last.
 */
export const healthSchema = z.strictObject({
  status: z.enum(['ok', 'degraded', 'starting']),
  provider: z.string(),
  isolation: z.enum(['full', 'weak', 'none']),
  services: z.record(z.string(), serviceStateSchema),
});

/** `GET /api/me`. */
export const meSchema = z.strictObject({
  learner: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(['learner', 'instructor']) }),
  mode: z.enum(['local', 'class']),
});

export type Health = z.infer<typeof healthSchema>;
export type Me = z.infer<typeof meSchema>;
