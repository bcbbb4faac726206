import type { HelpRequest, TypingHelp } from '../contract/help.ts';
import { editableFiles } from '../contract/starter-files.ts';
import type { checkSql, SqlCheckOptions } from './check.ts';
import type { completeSql } from './complete.ts';
import { tableFiles } from './sql-files.ts';

/** Checks and completes the learner's first file, with the tables before it. */
export function sqlHelp({ check, complete }: { check: typeof checkSql; complete: typeof completeSql }): TypingHelp {
  return {
    check: (request) => check(lookedAt(request)),
    complete: ({ line, column, ...request }) => complete({ ...lookedAt(request), line, column }),
  };
}

function lookedAt({ exercise, files, ...asked }: HelpRequest): SqlCheckOptions {
  const [file = { name: '', text: '' }] = editableFiles(exercise, files);
  return { ...asked, before: tableFiles(exercise), file, topics: Object.keys(exercise.spec.topics) };
}
