/** Validates the text of a file for the catalogue: returns its data, or throws a message that an author can act on. */
import { parseDocument } from 'yaml';
import type { z } from 'zod';

/** A problem in a file of a lesson. `file` is relative to the folder of the lessons. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  readonly file: string;

  constructor(file: string, problem: string) {
    super(`lessons/${file}: ${problem}`);
    this.file = file;
  }
}

/**
 * Reads YAML against a schema.
 * @throws LessonError with the line, or with every wrong key, what was expected and what was found
 */
export function parseYaml<Schema extends z.ZodType>(
  schema: Schema,
  { file, text }: { file: string; text: string },
): z.output<Schema> {
  const document = parseDocument(text);
  const [syntaxError] = document.errors;
  if (syntaxError) {
    const line = syntaxError.linePos?.[0].line;
    const [reason] = syntaxError.message.split(' at line ');
    throw new LessonError(file, `${line ? `line ${line}: ` : ''}invalid YAML: ${reason}`);
  }
  const value: unknown = document.toJS();
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new LessonError(file, parsed.error.issues.map((issue) => describeIssue(issue, value)).join('; '));
  return parsed.data;
}

/**
 * Returns the front matter between the two `---` lines that begin an MDX file.
 * @throws LessonError
 */
export function parseFrontMatter<Schema extends z.ZodType>(
  schema: Schema,
  { file, text }: { file: string; text: string },
): z.output<Schema> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (!match?.[1]) throw new LessonError(file, 'expected front matter between two lines of "---" at the top, found none');
  return parseYaml(schema, { file, text: match[1] });
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  const key = issue.path.join('.') || 'the whole file';
  if (issue.code === 'unrecognized_keys') return `${[...issue.path, issue.keys[0]].join('.')}: unknown key; check its spelling`;
  const came = issue.path.reduce<unknown>((inner, step) => lookUp(inner, step), value);
  const shown = came === undefined ? 'nothing' : JSON.stringify(came);
  return `${key}: ${expected(issue)}, found ${shown}`;
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`;
  if (issue.code === 'invalid_value')
    return `expected one of ${issue.values.map((allowed) => JSON.stringify(allowed)).join(', ')}`;
  return issue.message;
}

function lookUp(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
