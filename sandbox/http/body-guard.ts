import { PlatformError } from '#sandbox/errors.ts';

/** No route needs an object with more keys; validating a hundred thousand keys would take half a second. */
const MAX_KEYS = 100;

/** @throws PlatformError INVALID_INPUT when the body or an object in it has more keys than any route knows */
export function checkKeyCount(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  if (countKeys(body) <= MAX_KEYS && Object.values(body).every((value) => countKeys(value) <= MAX_KEYS)) return;
  throw new PlatformError('INVALID_INPUT', {
    message: `body: an object has more than ${MAX_KEYS} keys`,
    hint: 'Send the files of one exercise; /api/openapi.json describes every route.',
  });
}

function countKeys(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
