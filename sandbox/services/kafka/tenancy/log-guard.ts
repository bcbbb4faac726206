/**
 * Limits what tenants' logs take on the broker's disk. Topics have caps, but Kafka enforces them late, and it throttles producers
 * only after the fact: a malicious program is faster than both. The guard deletes its topics.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { isKafkaError, type KafkaAdmin, type LogSizes } from '#sandbox/services/kafka/client/connect.ts';
import { markOf, prefixOf } from '#sandbox/tenancy/prefix.ts';

export interface LogGuardOptions {
  /** As the broker's administrator. */
  kafka: Pick<KafkaAdmin, 'logSizes' | 'deleteTopics'>;
  limits: Pick<Limits, 'kafka'>;
  /** Of the installation whose tenants are limited; those of others on the broker are left to them. All tenants when left out. */
  mark?: string;
  /** Called with a tenant's prefix and the size of its logs when its topics have been deleted. */
  onFlood?: ((prefix: string, bytes: number) => void) | undefined;
  /** Pause between two looks. */
  everyMs?: number;
}

export interface LogGuard extends AsyncDisposable {
  /** @throws PlatformError SERVICE_NOT_READY when all logs together, or the disk, are too full for more topics */
  requireRoom(): void;
  /** Returns whether the tenant's topics were deleted since the last call. */
  tookTopics(prefix: string): boolean;
}

const EVERY_MS = 1000;
/** A tenant with no more than this has not filled the disk. */
const SMALL_BYTES = 10_000_000;

export function guardLogs({ kafka, limits, mark, onFlood, everyMs = EVERY_MS }: LogGuardOptions): LogGuard {
  const { tenantBytes, allBytes, freeBytes } = limits.kafka;
  const closing = new AbortController();
  const flooded = new Set<string>();
  let seen: { allBytes: number; usableBytes: number } = { allBytes: 0, usableBytes: Number.MAX_SAFE_INTEGER };

  const isForeign = (name: string) => {
    const owner = markOf(prefixOf(name) ?? '');
    return mark !== undefined && owner !== null && owner !== mark;
  };

  async function look(): Promise<void> {
    const { topics: found, usableBytes } = await kafka.logSizes();
    const sizes = { usableBytes, topics: new Map([...found].filter(([name]) => !isForeign(name))) };
    const tenants = tenantsBySize(sizes);
    let all = [...sizes.topics.values()].reduce((sum, bytes) => sum + bytes, 0);
    seen = { allBytes: all, usableBytes: sizes.usableBytes };
    const isDiskFull = sizes.usableBytes < freeBytes / 2;
    for (const [index, { prefix, bytes, topics }] of tenants.entries()) {
      // On a full disk, one tenant at a time: Kafka deletes files a second later than their topics.
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
      // A broker that is restarting or not responding accepts no records either; topics may disappear during a look.
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

/** Share of `allBytes` above which new topics are refused, while existing ones may still grow. */
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
    hint: 'Try again in a few minutes, when unused sandboxes have freed their space, or let the operator free disk space.',
  });
}
