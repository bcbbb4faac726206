/**
 * Restricts callers to pages of this server, at its own address. Host keeps DNS rebinding out. Origin and Sec-Fetch-Site keep other pages
 * out (another port of this machine is another origin but the same site, so SameSite is not enough). The token keeps other programs out.
 */
import type { FastifyRequest } from 'fastify';
import { PlatformError } from '#sandbox/errors.ts';

const READING = new Set(['GET', 'HEAD']);

/** @throws PlatformError UNKNOWN_HOST when the request was not sent to our own address */
export function checkHost(request: FastifyRequest): void {
  const port = request.raw.socket.localPort;
  const host = request.headers.host ?? '';
  const allowed = [`127.0.0.1:${port}`, `localhost:${port}`, ...(port === 80 ? ['127.0.0.1', 'localhost'] : [])];
  if (port === undefined ? /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) : allowed.includes(host)) return;
  throw new PlatformError('UNKNOWN_HOST', {
    message: `The address "${host.slice(0, 100)}" does not belong to this server.`,
    hint: 'Open the address that the server printed when it started; it is only reachable on this machine.',
  });
}

/** @throws PlatformError FORBIDDEN_ORIGIN when another site calls, or a state change does not come from one of our pages */
export function checkOrigin(request: FastifyRequest): void {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const own = origin === `http://${host}`;
  if (!foreign && (own || (READING.has(request.method) && origin === undefined))) return;
  throw new PlatformError('FORBIDDEN_ORIGIN', {
    message: 'This call does not come from a page of this server.',
    hint: 'Send an Origin header with the address of this server when a call changes something.',
  });
}
