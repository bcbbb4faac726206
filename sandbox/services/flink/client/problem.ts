import { z } from 'zod';
import { type SqlErrorCode, sqlErrorCodeSchema } from '#sandbox/protocol/sql.ts';

/** What Flink or the gate says against a statement. Lines and columns count in the text that was sent. */
export interface GatewayProblem {
  code: SqlErrorCode;
  message: string;
  place: { line: number; column: number; endLine: number; endColumn: number } | null;
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
const place = z.number().int().min(1).optional();
/** The one line that the gate makes of an error. */
const sqlErrorSchema = z.looseObject({
  code: sqlErrorCodeSchema.catch('failed'),
  message: z.string(),
  line: place,
  column: place,
  endLine: place,
  endColumn: place,
});

/** Reads the body of an answer with an error status. */
export function statementProblemOf(body: unknown): GatewayProblem {
  const parsed = errorsSchema.safeParse(body);
  const text = parsed.success ? parsed.data.errors.join('\n') : '';
  const [, json] = /SqlError: (\{.*\})/.exec(text) ?? [];
  if (json === undefined) return { code: 'failed', message: lastCause(text), place: null };
  const { code, message, line, column, endLine = line, endColumn = column } = sqlErrorSchema.parse(JSON.parse(json));
  const placed = line !== undefined && column !== undefined && endLine !== undefined && endColumn !== undefined;
  return { code, message, place: placed ? { line, column, endLine, endColumn } : null };
}

/** The job that worked for a statement has failed: what its stack trace comes down to. */
export function jobProblemOf(trace: string): GatewayProblem {
  if (/UnknownTopicOrPartition|does not host this topic-partition|Topic \S+ not present in metadata/.test(trace)) {
    return { code: 'unknown_topic', message: 'A topic that this statement uses does not exist.', place: null };
  }
  const code = /java\.lang\.OutOfMemoryError/.test(trace) ? 'out_of_memory' : 'failed';
  return { code, message: lastCause(trace), place: null };
}

const MAX_MESSAGE = 1000;

/** The message of the innermost cause of a Java stack trace, without class names and frames; before it the record that it speaks of. */
function lastCause(trace: string): string {
  const causes = trace.split(/^Caused by: /m).map(messageOf);
  const record = causes.findLast((cause) => /^Failed to deserialize \S+ '/.test(cause));
  const innermost = causes.at(-1) ?? '';
  const text = [...new Set([record, innermost])].filter(Boolean).join(' ') || 'Flink gave no reason.';
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

function messageOf(cause: string): string {
  const text = (cause.split(/\n\s*(?:at |\.\.\. \d+ more|\[Source: )/)[0] ?? '').trim();
  return text.replace(/^(?:[a-z_$][\w$]*\.)+[\w$]+: /, '');
}
