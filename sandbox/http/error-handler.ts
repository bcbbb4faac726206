import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { PlatformError } from '#sandbox/errors.ts';
import { explainSystemError } from '#sandbox/host/system-error.ts';
import type { ApiError } from '#sandbox/protocol/error.ts';

const MAX_MESSAGE_LENGTH = 400;

/** Turns an error of a route or of Fastify into `{ code, message, hint, requestId }`; a stack trace goes only to the log. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = explain(error);
  if (problem.status >= 500) logFault(request, problem, error);
  const { code, message, hint, details, status } = problem;
  const body: ApiError = { code, message: shorten(message), hint, requestId: request.id };
  if (details !== undefined) body.details = details;
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds);
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body);
}

function explain(error: FastifyError): PlatformError {
  if (error instanceof PlatformError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const where = `${error.validationContext}${first?.instancePath ?? ''}`.replaceAll('/', '.').replace(/\.$/, '');
    return invalid(
      `${where}: ${first?.message ?? error.message}`,
      'Correct that field. /api/openapi.json describes every route.',
    );
  }
  return BY_CODE[error.code] ?? explainSystemError(error) ?? byStatus(error);
}

const BY_CODE: Readonly<Record<string, PlatformError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: problem('BODY_TOO_LARGE', 'The body of the request is too large.', 'A body may have at most 1 MB.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem(
    'UNSUPPORTED_MEDIA_TYPE',
    'The body of the request is not JSON.',
    'Send the header content-type: application/json.',
  ),
  FST_ERR_CTP_INVALID_JSON_BODY: invalid('body: is not valid JSON', 'Send one JSON object.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: invalid('body: is empty', 'Send one JSON object, or no content-type.'),
  FST_STATIC_FORBIDDEN_PATH: problem('NOT_FOUND', 'There is nothing at this address.', 'See the start page for every page.'),
};

function byStatus(error: FastifyError): PlatformError {
  const status = error.statusCode ?? 500;
  if (status === 404) return problem('NOT_FOUND', 'There is nothing at this address.', 'See /api/openapi.json for every route.');
  if (status >= 400 && status < 500) return invalid(error.message, STATUS_CODES[status] ?? 'Correct the request.');
  return new PlatformError(
    'INTERNAL',
    {
      message: 'A Streamwright error ended this request.',
      hint: 'Try again. If the error returns, find this requestId in the log.',
    },
    { cause: error },
  );
}

function invalid(message: string, hint: string): PlatformError {
  return problem('INVALID_INPUT', message, hint);
}

function problem(code: ConstructorParameters<typeof PlatformError>[0], message: string, hint: string): PlatformError {
  return new PlatformError(code, { message, hint });
}

function logFault(request: FastifyRequest, problem: PlatformError, error: FastifyError): void {
  const kind = isResponseSerializationError(error) ? 'response-schema' : problem.code;
  request.log.error({ err: error, kind, learner: request.learner?.id }, problem.message);
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
