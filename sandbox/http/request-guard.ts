/**
 * Restricts callers to pages of this server, at its own address. Host keeps DNS rebinding out. Origin and Sec-Fetch-Site keep other pages
 * out (another port of this machine is another origin but the same site, so SameSite is not enough). The token keeps other programs out.
 */
import type { FastifyRequest } from 'fastify';
import { PlatformError } from '#sandbox/errors.ts';

const READING = new Set(['GET', 'HEAD']);

/**
 * @param publicUrl the site's other address, by a proxy or tunnel. What a proxy adds, such as X-Forwarded-Host, is never read: anybody can
 *   send it
 * @throws PlatformError UNKNOWN_HOST when the request was not sent to one of our own addresses
 */
export function checkHost(request: FastifyRequest, publicUrl: string | null): void {
  if (originOf(request, publicUrl) !== null) return;
  throw new PlatformError('UNKNOWN_HOST', {
    message: `The address "${(request.headers.host ?? '').slice(0, 100)}" does not belong to this server.`,
    hint: 'Open an address that the server printed when it started. Behind a proxy or tunnel, set STREAMWRIGHT_URL to the address that browsers see, and let the proxy pass the Host header.',
  });
}

/** @throws PlatformError FORBIDDEN_ORIGIN when another site calls, or a state change does not come from one of our pages */
export function checkOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const own = origin !== undefined && origin === originOf(request, publicUrl);
  if (!foreign && (own || (READING.has(request.method) && origin === undefined))) return;
  throw new PlatformError('FORBIDDEN_ORIGIN', {
    message: 'This call does not come from a page of this server.',
    hint: 'Send an Origin header with the address of this server when a call changes something.',
  });
}

/** Returns the origin of pages at the address to which a request was sent; null when it is none of ours. */
function originOf(request: FastifyRequest, publicUrl: string | null): string | null {
  const port = request.raw.socket.localPort;
  const host = request.headers.host ?? '';
  if (publicUrl !== null && host === new URL(publicUrl).host) return publicUrl;
  const local = [`127.0.0.1:${port}`, `localhost:${port}`, ...(port === 80 ? ['127.0.0.1', 'localhost'] : [])];
  const isOwn = port === undefined ? /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) : local.includes(host);
  return isOwn ? `http://${host}` : null;
}
