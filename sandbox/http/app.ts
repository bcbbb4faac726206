import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { PlatformError } from '#sandbox/errors.ts';
import { guardRoutes } from './access.ts';
import type { Api } from './api/api.ts';
import type { Services } from './api/services.ts';
import { checkKeyCount } from './body-guard.ts';
import { answerClientError } from './client-error.ts';
import { sendError } from './error-handler.ts';
import { checkHost, checkOrigin } from './request-guard.ts';
import { ALL_ROUTES } from './routes/all-routes.ts';
import { serveSite } from './static-site.ts';
import { answerUnknownCalls } from './unknown-routes.ts';

/** Well above what our pages request; it stops a runaway loop. */
const CALLS_A_MINUTE = 20_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Creates the HTTP server with all routes, not yet listening. */
export async function createApp(services: Services): Promise<Api> {
  const { config, log, newId, bus } = services;
  const app = Fastify<import('node:http').Server, IncomingMessage, ServerResponse>({
    logger: log ? { level: config.logLevel, stream: log, serializers: { req: describeRequest } } : false,
    logController: new LogController({ disableRequestLogging: config.logLevel !== 'debug' }),
    bodyLimit: config.limits.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    genReqId: newId,
    frameworkErrors: sendError,
    clientErrorHandler: answerClientError,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendError);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('learner', null);
  app.addHook('onRequest', async (request) => checkHost(request, config.publicUrl));
  guardRoutes(app);

  await app.register(helmet, {
    // Strict, for responses that are data; pages bring their own policy.
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    xFrameOptions: { action: 'deny' },
    // Plain HTTP on this machine's own address.
    strictTransportSecurity: false,
  });
  await app.register(cookie);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Streamwright', version: '1' } },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(async (api) => registerApi(api.withTypeProvider<ZodTypeProvider>(), services));
  await answerUnknownCalls(app);
  await serveSite(app, services);
  app.addHook('preClose', async () => bus.close());
  return app;
}

async function registerApi(app: Api, services: Services): Promise<void> {
  const { identify, leases, config } = services;
  await app.register(rateLimit, { max: CALLS_A_MINUTE, timeWindow: '1 minute', errorResponseBuilder: tooManyCalls });
  app.addHook('onRequest', async (request, reply) => {
    // A browser that goes back to a page gives it what it has kept: a run that has started since would not be there.
    reply.header('cache-control', 'no-store');
    checkOrigin(request, config.publicUrl);
    request.learner = identify(request.cookies);
    if (request.learner) leases.touch(request.learner.id);
  });
  app.addHook('preValidation', async (request) => checkKeyCount(request.body));
  for (const addRoutes of ALL_ROUTES) addRoutes(app, services);
}

function tooManyCalls(_request: unknown, { after }: { after: string }): PlatformError {
  return new PlatformError('TOO_MANY_REQUESTS', {
    message: `The server received more than ${CALLS_A_MINUTE} calls in a minute.`,
    hint: `Try again in ${after}.`,
  });
}

function describeRequest({ method, url }: { method: string; url: string }) {
  return { method, url };
}
