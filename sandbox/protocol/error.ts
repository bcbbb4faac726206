import { z } from 'zod';

/** Every error code that the server can send, with its HTTP status. Codes are permanent. */
export const ERROR_STATUS = {
  INVALID_INPUT: 400,
  UNKNOWN_FILE: 400,
  TOKEN_REQUIRED: 401,
  FORBIDDEN_ORIGIN: 403,
  UNKNOWN_HOST: 403,
  HINT_CLOSED: 403,
  SOLUTION_CLOSED: 403,
  NOT_FOUND: 404,
  LESSON_NOT_FOUND: 404,
  NO_EXERCISE: 404,
  RUN_NOT_FOUND: 404,
  SUBMISSION_NOT_FOUND: 404,
  TOPIC_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  DRAFT_CONFLICT: 409,
  NOT_BREAKABLE: 409,
  NOT_RUNNING: 409,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_SUBMISSIONS: 429,
  INTERNAL: 500,
  LESSON_BROKEN: 500,
  SERVER_BUSY: 503,
  SERVICE_NOT_READY: 503,
  SHUTTING_DOWN: 503,
  STORE_BUSY: 503,
  STORE_UNAVAILABLE: 503,
  DISK_FULL: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Body of every answer with status 400 or above. `details` depends on the code, e.g. the stored draft for a conflict. */
export const apiErrorSchema = z.strictObject({
  code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  hint: z.string(),
  requestId: z.string(),
  details: z.unknown().optional(),
});

export type ApiError = z.infer<typeof apiErrorSchema>;
