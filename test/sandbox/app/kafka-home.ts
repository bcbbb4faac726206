import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, LIMITS, PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { type TemporaryHome, temporaryHome, UNPACED } from '../temporary-home.ts';

/** Returns a separate home for a server with a real Kafka and the real lessons. Artifacts that already exist are not fetched again. */
export function kafkaHome(): TemporaryHome {
  const home = temporaryHome();
  const artifacts = join(readConfig().home, 'artifacts');
  mkdirSync(home.config.home, { recursive: true });
  if (existsSync(artifacts))
    cpSync(artifacts, join(home.config.home, 'artifacts'), { recursive: true, preserveTimestamps: true });
  return { ...home, config: withManySubmissions({ ...home.config, lessonsDir: join(PROJECT_DIR, 'lessons') }) };
}

/** Returns a config that lets a learner submit as often as a test needs. */
export function withManySubmissions(config: Config): Config {
  return { ...config, limits: { ...LIMITS, pace: UNPACED, submissions: { count: 10_000, windowMs: 60_000 } } };
}
