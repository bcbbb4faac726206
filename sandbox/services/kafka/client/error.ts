import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  protocolErrors,
  TimeoutError,
} from '@platformatic/kafka';
import { PlatformError } from '#sandbox/errors.ts';

/** An error that the broker answered, not a platform error. `code` is Kafka's name for it: `TOPIC_AUTHORIZATION_FAILED`. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly code: string;

  constructor(code: string, action: string, options?: ErrorOptions) {
    super(`${action} failed: ${code}`, options);
    this.code = code;
  }
}

/** Returns whether an error is Kafka's answer with one of `codes`. */
export function isKafkaError(error: unknown, ...codes: readonly string[]): error is KafkaError {
  return error instanceof KafkaError && codes.includes(error.code);
}

/**
 * Turns an error of the client library into a KafkaError or a PlatformError. The library nests errors several levels deep below a
 * vague message, so the whole tree is searched for the broker's answer.
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
        message: `Kafka is not responding (${action}).`,
        hint: 'Try again in a few seconds; the broker restarts automatically. `npm run doctor` says what this machine lacks.',
      },
      { cause: error },
    );
  }
  return new PlatformError(
    'INTERNAL',
    { message: `${action} failed unexpectedly.`, hint: "Look in the server's log for details; this is a Streamwright error." },
    { cause: error },
  );
}

/** Returns whether a retry may help: after a lost connection or an error that Kafka calls retriable, never after a timeout. */
export function isRetriable(error: unknown): boolean {
  if (error instanceof KafkaError) return isRetriableCode(error.code);
  const causes = errorTree(error);
  if (causes.some((cause) => cause instanceof TimeoutError || cause instanceof AuthenticationError)) return false;
  const protocolError = causes.find((cause) => cause instanceof ProtocolError);
  if (protocolError) return isRetriableCode(String(protocolError.apiId));
  return causes.some((cause) => cause instanceof NetworkError && cause.closed !== true);
}

/** Kafka calls a missing topic retriable because it may be about to exist; the client waits for the topics that it creates. */
function isRetriableCode(code: string): boolean {
  return code !== 'UNKNOWN_TOPIC_OR_PARTITION' && protocolErrors[code]?.canRetry === true;
}

function errorTree(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 8) return [];
  const nested = error instanceof MultipleErrors || error instanceof AggregateError ? error.errors : [];
  return [error, ...[...nested, error.cause].flatMap((cause) => errorTree(cause, depth + 1))];
}
