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
import { type Api, tokenRequired } from './api.ts';
import { checkKeyCount } from './body-guard.ts';
import { answerClientError } from './client-error.ts';
import { sendError } from './error-handler.ts';
import { checkHost, checkOrigin } from './request-guard.ts';
import { draftRoutes } from './routes/drafts.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { lensRoutes } from './routes/lens.ts';
import { lessonRoutes } from './routes/lessons.ts';
import { progressRoutes } from './routes/progress.ts';
import { runRoutes } from './routes/runs.ts';
import { sandboxRoutes } from './routes/sandbox.ts';
import { sqlRoutes } from './routes/sql.ts';
import { submissionRoutes } from './routes/submissions.ts';
import type { Services } from './services.ts';
import { serveSite } from './static-site.ts';

/** Answers that need no token: they tell nothing about a learner. */
const OPEN_PATHS = new Set(['/api/health', '/api/openapi.json']);
/** Well above what a page of ours asks; a loop that runs away is stopped. */
const CALLS_A_MINUTE = 20_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP server with all routes, not listening yet. */
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
  app.addHook('onRequest', async (request) => checkHost(request));

  await app.register(helmet, {
    // Strict, for answers that are data; pages bring a policy of their own.
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
  await serveSite(app, services);
  app.addHook('preClose', async () => bus.close());
  return app;
}

async function registerApi(app: Api, services: Services): Promise<void> {
  const { identify, leases } = services;
  await app.register(rateLimit, { max: CALLS_A_MINUTE, timeWindow: '1 minute', errorResponseBuilder: tooManyCalls });
  app.addHook('onRequest', async (request) => {
    checkOrigin(request);
    request.learner = identify(request.cookies);
    if (request.learner) leases.touch(request.learner.id);
    else if (!OPEN_PATHS.has(request.routeOptions.url ?? '')) throw tokenRequired();
  });
  app.addHook('preValidation', async (request) => checkKeyCount(request.body));

  healthRoutes(app, services);
  lessonRoutes(app, services);
  draftRoutes(app, services);
  sandboxRoutes(app, services);
  runRoutes(app, services);
  sqlRoutes(app, services);
  submissionRoutes(app, services);
  progressRoutes(app, services);
  lensRoutes(app, services);
  eventRoutes(app, services);
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  app.all('/api/*', { schema: { hide: true } }, () => {
    throw new PlatformError('NOT_FOUND', { message: 'There is no such route.', hint: '/api/openapi.json lists every route.' });
  });
}

function tooManyCalls(_request: unknown, { after }: { after: string }): PlatformError {
  return new PlatformError('TOO_MANY_REQUESTS', {
    message: `More than ${CALLS_A_MINUTE} calls came in a minute.`,
    hint: `Go on in ${after}.`,
  });
}

function describeRequest({ method, url }: { method: string; url: string }) {
  return { method, url };
}
