import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Learner } from '#sandbox/protocol/learner.ts';
import type { Identify } from './identify.ts';

/** The one learner of local mode. */
export const LOCAL_LEARNER: Learner = { id: 'local', name: 'You', role: 'learner' };

/**
 * Returns the name of the cookie that a page sets and the API requires. Cookies do not tell ports apart, so each installation has a name of
 * its own: two on one machine leave each other's alone.
 */
export function tokenCookie(token: string): string {
  return `streamwright-${createHash('sha256').update(token).digest('hex').slice(0, 12)}`;
}

/** Returns the token of this installation, created at its first start; only its owner can read it. */
export function installationToken(file: string): string {
  const stored = readToken(file);
  if (stored) return stored;
  const token = randomBytes(32).toString('base64url');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, token, { mode: 0o600 });
  return token;
}

/** Identifies callers in local mode: anyone who has the installation's token is its one learner. */
export function identifyByToken(token: string): Identify {
  const expected = Buffer.from(token);
  const name = tokenCookie(token);
  return (cookies) => {
    const given = Buffer.from(cookies[name] ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected) ? LOCAL_LEARNER : null;
  };
}

function readToken(file: string): string | null {
  try {
    const token = readFileSync(file, 'utf8').trim();
    return /^[\w-]{43}$/.test(token) ? token : null;
  } catch {
    return null;
  }
}
