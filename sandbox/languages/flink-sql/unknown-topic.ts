import type { SqlError } from '#sandbox/protocol/sql.ts';
import { declaredBy, mentions } from './declared.ts';
import { nearest } from './nearest.ts';
import type { Statement } from './split.ts';
import { rangeOf } from './text-position.ts';

/** Returns the error of a statement that declares a table over a topic that does not exist, marked at the topic's name. */
export function unknownTopicIn(statement: Statement, topics: readonly string[] | null): SqlError | null {
  if (topics === null) return null;
  const unknown = declaredBy(statement)?.topics.find(({ name }) => !topics.includes(name));
  if (!unknown) return null;
  const near = nearest(unknown.name, topics);
  const message = `The topic '${unknown.name}' does not exist. ${near === null ? '' : `Did you mean '${near}'? `}${existing(topics)}`;
  return { code: 'unknown_topic', message, range: rangeOf(statement.file.text, unknown.start, unknown.end) };
}

/** Returns the error of a statement that reads or writes such a table; null when none of `earlier` is one. */
export function usesUnknownTopic(
  statement: Statement,
  { earlier, topics }: { earlier: readonly Statement[]; topics: readonly string[] | null },
): SqlError | null {
  if (!statement.explained) return null;
  for (const declaring of earlier) {
    const error = unknownTopicIn(declaring, topics);
    const table = declaredBy(declaring)?.table;
    if (error && table !== undefined && mentions(statement, table)) return { ...error, range: null };
  }
  return null;
}

function existing(topics: readonly string[]): string {
  if (topics.length === 0) return 'This exercise has no topics.';
  return `This exercise has ${topics.map((topic) => `'${topic}'`).join(', ')}.`;
}
