import type { SqlError } from '#sandbox/protocol/sql.ts';
import { type Declared, declaredBy, mentions } from './declared.ts';
import { nearest } from './nearest.ts';
import type { Statement } from './split.ts';
import { rangeOf } from './text-position.ts';

/** Returns the error of a statement that declares a table over a topic that does not exist, marked at the topic's name. */
export function unknownTopicIn(statement: Statement, topics: readonly string[] | null): SqlError | null {
  if (topics === null) return null;
  const declared = declaredBy(statement);
  const unknown = declared && unknownOf(declared, topics);
  return unknown ? errorOf(unknown.name, topics, rangeOf(statement.file.text, unknown.start, unknown.end)) : null;
}

function unknownOf({ topics: named }: Declared, topics: readonly string[]) {
  return named.find(({ name }) => !topics.includes(name));
}

function errorOf(name: string, topics: readonly string[], range: SqlError['range']): SqlError {
  const near = nearest(name, topics);
  const message = `The topic '${name}' does not exist. ${near === null ? '' : `Did you mean '${near}'? `}${existing(topics)}`;
  return { code: 'unknown_topic', message, range };
}

/** Returns the error of a statement that reads or writes such a table; null when none of those declared before is one. */
export function usesUnknownTopic(
  statement: Statement,
  { declared, topics }: { declared: readonly Declared[]; topics: readonly string[] | null },
): SqlError | null {
  if (!statement.explained || topics === null) return null;
  for (const one of declared) {
    const unknown = unknownOf(one, topics);
    if (unknown && mentions(statement, one.table)) return errorOf(unknown.name, topics, null);
  }
  return null;
}

function existing(topics: readonly string[]): string {
  if (topics.length === 0) return 'This exercise has no topics.';
  return `This exercise has ${topics.map((topic) => `'${topic}'`).join(', ')}.`;
}
