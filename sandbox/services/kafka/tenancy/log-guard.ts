/**
 * What tenants' logs take on the broker's disk. Topics have caps of their own, which Kafka keeps when it gets to it, and produces are
 * slowed down after the fact: a program that means ill is faster than both. It loses its topics here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { isKafkaError, type KafkaAdmin, type LogSizes } from '#sandbox/services/kafka/client/connect.ts';
import { prefixOf } from '#sandbox/tenancy/prefix.ts';

export interface LogGuardOptions {
  /** As the broker's administrator. */
  kafka: Pick<KafkaAdmin, 'logSizes' | 'deleteTopics'>;
  limits: Pick<Limits, 'kafka'>;
  /** Told the prefix of each tenant whose topics were deleted, and what the tenant had. */
  onFlood?: ((prefix: string, bytes: number) => void) | undefined;
  /** Pause between two looks. */
  everyMs?: number;
}

export interface LogGuard extends AsyncDisposable {
  /** @throws PlatformError SERVICE_NOT_READY when all logs together, or the disk, are too full for more topics */
  requireRoom(): void;
  /** Whether the tenant's topics were deleted since the last time that it was asked. */
  tookTopics(prefix: string): boolean;
}

const EVERY_MS = 1000;
/** Whoever has no more than this has not filled the disk. */
const SMALL_BYTES = 10_000_000;

export function guardLogs({ kafka, limits, onFlood, everyMs = EVERY_MS }: LogGuardOptions): LogGuard {
  const { tenantBytes, allBytes, freeBytes } = limits.kafka;
  const closing = new AbortController();
  const flooded = new Set<string>();
  let seen: { allBytes: number; usableBytes: number } = { allBytes: 0, usableBytes: Number.MAX_SAFE_INTEGER };

  async function look(): Promise<void> {
    const sizes = await kafka.logSizes();
    const tenants = tenantsBySize(sizes);
    let all = [...sizes.topics.values()].reduce((sum, bytes) => sum + bytes, 0);
    seen = { allBytes: all, usableBytes: sizes.usableBytes };
    const isDiskFull = sizes.usableBytes < freeBytes / 2;
    for (const [index, { prefix, bytes, topics }] of tenants.entries()) {
      // On a full disk one at a time: files go a second later than their topics.
      const isOver = bytes > tenantBytes || all > allBytes || (isDiskFull && index === 0 && bytes > SMALL_BYTES);
      if (!isOver) break;
      flooded.add(prefix);
      await kafka.deleteTopics(topics);
      onFlood?.(prefix, bytes);
      all -= bytes;
    }
  }

  async function watch(): Promise<void> {
    while (!closing.signal.aborted) {
      await delay(everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      if (closing.signal.aborted) return;
      // A broker that does not answer, or is being started again, takes no records either; topics may go while they are looked at.
      await look().catch((error: unknown) => {
        if (!(error instanceof PlatformError) && !isKafkaError(error)) throw error;
      });
    }
  }
  const watching = watch();
  watching.catch(() => undefined);

  return {
    requireRoom() {
      if (seen.allBytes > allBytes * FULL || seen.usableBytes < freeBytes) throw full(seen);
    },
    tookTopics: (prefix) => flooded.delete(prefix),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await watching;
    },
  };
}

/** From this part on there is no room for new topics, while those that are there may still grow. */
const FULL = 0.8;

function tenantsBySize({ topics }: LogSizes): { prefix: string; bytes: number; topics: string[] }[] {
  const owned = [...topics].flatMap(([name, bytes]) => {
    const prefix = prefixOf(name);
    return prefix === null ? [] : [{ prefix, name, bytes }];
  });
  return [...Map.groupBy(owned, ({ prefix }) => prefix)]
    .map(([prefix, own]) => ({
      prefix,
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      topics: own.map(({ name }) => name),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

function full({ allBytes, usableBytes }: { allBytes: number; usableBytes: number }): PlatformError {
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka has no room for more topics: its logs hold ${megabytes(allBytes)} MB, the disk has ${megabytes(usableBytes)} MB left.`,
    hint: 'Sandboxes that nobody uses give their room back: try again in some minutes. The operator can free disk space.',
  });
}
