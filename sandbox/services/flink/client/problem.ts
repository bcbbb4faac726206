import { z } from 'zod';
import { type SqlErrorCode, type SqlRange, sqlErrorCodeSchema } from '#sandbox/protocol/sql.ts';

/** Why Flink or the gate refuses a statement. Lines and columns refer to the text that was sent. */
export interface GatewayProblem {
  code: SqlErrorCode;
  message: string;
  range: SqlRange | null;
}

/** A statement was refused or failed. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  readonly problem: GatewayProblem;

  constructor(problem: GatewayProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const errorsSchema = z.looseObject({ errors: z.array(z.string()) });
const count = z.number().int().min(1).optional();
/** The line that the gate turns an error into. */
const sqlErrorSchema = z.looseObject({
  code: sqlErrorCodeSchema.catch('failed'),
  message: z.string(),
  line: count,
  column: count,
  endLine: count,
  endColumn: count,
});

/** Reads the body of an answer with an error status. */
export function statementProblemOf(body: unknown): GatewayProblem {
  const parsed = errorsSchema.safeParse(body);
  const text = parsed.success ? parsed.data.errors.join('\n') : '';
  const [, json] = /SqlError: (\{.*\})/.exec(text) ?? [];
  if (json === undefined) return { code: 'failed', message: lastCause(text), range: null };
  const { code, message, line, column, endLine = line, endColumn = column } = sqlErrorSchema.parse(JSON.parse(json));
  const isKnown = line !== undefined && column !== undefined && endLine !== undefined && endColumn !== undefined;
  return { code, message, range: isKnown ? { line, column, endLine, endColumn } : null };
}

/** Returns the problem behind the stack trace of a statement's failed job. */
export function jobProblemOf(trace: string): GatewayProblem {
  if (/UnknownTopicOrPartition|does not host this topic-partition|Topic \S+ not present in metadata/.test(trace)) {
    return { code: 'unknown_topic', message: 'A topic that this statement uses does not exist.', range: null };
  }
  const code = /java\.lang\.OutOfMemoryError/.test(trace) ? 'out_of_memory' : 'failed';
  return { code, message: lastCause(trace), range: null };
}

const MAX_MESSAGE = 1000;

/** Returns the message of a stack trace's innermost cause, without class names and frames, after the record that it is about. */
function lastCause(trace: string): string {
  const causes = trace.split(/^Caused by: /m).map(messageOf);
  // A record that was read well fails under its format's name when an operator behind the source throws.
  const wasRead = trace.includes('ExceptionInChainedOperatorException');
  const record = wasRead ? undefined : causes.findLast((cause) => /^Failed to deserialize \S+ '/.test(cause));
  const innermost = causes.at(-1) ?? '';
  const text = [...new Set([record, innermost])].filter(Boolean).join(' ') || 'Flink gave no reason.';
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

function messageOf(cause: string): string {
  const text = (cause.split(/\n\s*(?:at |\.\.\. \d+ more|\[Source: )/)[0] ?? '').trim();
  return text.replace(/^(?:[a-z_$][\w$]*\.)+[\w$]+: /, '');
}
