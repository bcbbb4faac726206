import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)(?![^>]*\stype="application\/)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Returns the policy of all built pages. It allows only own files, and the inline scripts of the build by their hashes.
 * Monaco sets style attributes and elements, so styles may be inline; its style sheet carries a font and images as data.
 */
export async function contentSecurityPolicy(dir: string): Promise<string> {
  const hashes = new Set<string>();
  for (const page of globSync('**/*.html', { cwd: dir })) {
    for (const hash of inlineScriptHashes(await readFile(join(dir, page), 'utf8'))) hashes.add(hash);
  }
  return [
    "default-src 'none'",
    ["script-src 'self'", ...[...hashes].sort()].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Returns the CSP sources (`'sha256-…'`) of a page's inline scripts, in page order. */
export function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
}
