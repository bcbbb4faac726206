import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { tokenCookie } from '#sandbox/identity/local-token.ts';
import type { Api } from './api/api.ts';
import type { Services } from './api/services.ts';
import { checkReading } from './unknown-routes.ts';

const headersSchema = z.object({ contentSecurityPolicy: z.string().min(1) });
/** Names with a hash of their content: these files never change. */
const HASHED = /^_astro\//;
/** Built for the server, not for browsers. */
const PRIVATE = /(^|\/)(headers\.json|\.[^/]*)$|\.(br|gz)$/;
const COOKIE_SECONDS = 400 * 24 * 3600; // RFC 6265bis: the longest time a browser keeps a cookie

type GiveToken = (reply: FastifyReply) => void;

/** Serves the built site: pages are revalidated each time and set the token's cookie, hashed files are cached indefinitely. */
export async function serveSite(app: Api, { config, token }: Pick<Services, 'config' | 'token'>): Promise<void> {
  const root = config.siteDir;
  const giveToken: GiveToken = (reply) =>
    reply.setCookie(tokenCookie(token), token, {
      ...{ path: '/', httpOnly: true, sameSite: 'strict', maxAge: COOKIE_SECONDS },
      // A browser returns a secure cookie only where nobody can read along, and never to the plain address on this machine.
      secure: config.publicUrl !== null && config.publicUrl === `https://${reply.request.host}`,
    });
  await app.register(async (site) => {
    site.addHook('onRequest', async (request, reply) => checkReading(request, reply));
    site.setNotFoundHandler((_request, reply) => sendNotFound(reply, root, giveToken));
    if (!existsSync(root)) return;
    const policy = contentSecurityPolicy(root);
    site.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'anyone' };
    });
    await site.register(fastifyStatic, {
      root,
      preCompressed: true,
      redirect: true,
      dotfiles: 'ignore',
      cacheControl: false,
      allowedPath: (path) => !PRIVATE.test(path),
      setHeaders(reply, path) {
        const file = relative(root, path);
        if (HASHED.test(file)) reply.header('cache-control', 'public, max-age=31536000, immutable');
        else reply.header('cache-control', 'no-cache');
        if (/\.html(\.br|\.gz)?$/.test(file)) setPageHeaders(reply, policy, giveToken);
      },
    });
  });
}

function setPageHeaders(reply: FastifyReply, policy: string, giveToken: GiveToken): void {
  reply.header('content-security-policy', policy);
  giveToken(reply);
}

function sendNotFound(reply: FastifyReply, root: string, giveToken: GiveToken): FastifyReply {
  const page = join(root, '404.html');
  reply.code(404).type('text/html; charset=utf-8').header('cache-control', 'no-cache');
  if (!existsSync(page)) return reply.send(PLAIN_NOT_FOUND);
  setPageHeaders(reply, contentSecurityPolicy(root), giveToken);
  return reply.send(readFileSync(page, 'utf8'));
}

/** Returns the policy that the build computed, with the hashes of its inline scripts. */
function contentSecurityPolicy(root: string): string {
  const file = join(root, 'headers.json');
  if (!existsSync(file)) return "default-src 'self'; frame-ancestors 'none'";
  return headersSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).contentSecurityPolicy;
}

const PLAIN_NOT_FOUND = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Not found</title>
<h1>There is nothing at this address</h1>
<p><a href="/">The start page</a> lists what there is.</p>
</html>
`;
