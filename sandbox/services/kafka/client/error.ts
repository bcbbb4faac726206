import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  protocolErrors,
  TimeoutError,
} from '@platformatic/kafka';
import { PlatformError } from '#sandbox/errors.ts';

/** An answer of the broker that is not a fault of the platform. `code` is Kafka's own name of the error: `TOPIC_AUTHORIZATION_FAILED`. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly code: string;

  constructor(code: string, action: string, options?: ErrorOptions) {
    super(`${action} failed: ${code}`, options);
    this.code = code;
  }
}

/** Whether an error is Kafka's answer `code`. */
export function isKafkaError(error: unknown, ...codes: readonly string[]): error is KafkaError {
  return error instanceof KafkaError && codes.includes(error.code);
}

/**
 * Turns what the client library throws into one of ours. The library wraps errors several levels deep and puts a vague sentence on
 * top, so the whole tree is searched for what the broker said.
 *
 * @param action what was attempted, as a noun phrase: `reading orders`
 */
export function translateKafkaError(error: unknown, action: string): KafkaError | PlatformError {
  if (error instanceof KafkaError || error instanceof PlatformError) return error;
  const causes = errorTree(error);
  const protocolError = causes.find((cause) => cause instanceof ProtocolError);
  if (protocolError) return new KafkaError(String(protocolError.apiId), action, { cause: error });
  if (causes.some((cause) => cause instanceof AuthenticationError)) {
    return new KafkaError('SASL_AUTHENTICATION_FAILED', action, { cause: error });
  }
  if (causes.some((cause) => cause instanceof TimeoutError || cause instanceof NetworkError)) {
    return new PlatformError(
      'SERVICE_NOT_READY',
      {
        message: `kafka does not answer (${action}).`,
        hint: 'Try again in a few seconds; the broker is restarted by itself. `npm run doctor` tells what this machine lacks.',
      },
      { cause: error },
    );
  }
  return new PlatformError(
    'INTERNAL',
    { message: `${action} failed unexpectedly.`, hint: 'This is a fault of the platform; the log has the details.' },
    { cause: error },
  );
}

/** Whether trying again may help: a lost connection, or an answer that Kafka calls retriable. Never after a timeout: that was the limit. */
export function isRetriable(error: unknown): boolean {
  if (error instanceof KafkaError) return isRetriableCode(error.code);
  const causes = errorTree(error);
  if (causes.some((cause) => cause instanceof TimeoutError || cause instanceof AuthenticationError)) return false;
  const protocolError = causes.find((cause) => cause instanceof ProtocolError);
  if (protocolError) return isRetriableCode(String(protocolError.apiId));
  return causes.some((cause) => cause instanceof NetworkError && cause.closed !== true);
}

/** Kafka calls a missing topic retriable because it may still be on its way; ours are awaited when they are made. */
function isRetriableCode(code: string): boolean {
  return code !== 'UNKNOWN_TOPIC_OR_PARTITION' && protocolErrors[code]?.canRetry === true;
}

function errorTree(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 8) return [];
  const nested = error instanceof MultipleErrors || error instanceof AggregateError ? error.errors : [];
  return [error, ...[...nested, error.cause].flatMap((cause) => errorTree(cause, depth + 1))];
}
