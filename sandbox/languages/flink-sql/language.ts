import { languages } from '#lessons/languages.ts';
import type { Language } from '../contract/language.ts';
import { starterOnly } from '../contract/starter-files.ts';
import { checkSql } from './check.ts';
import { completeSql } from './complete.ts';
import { executeSql } from './execute.ts';
import { sqlHelp } from './help.ts';
import { flinkSqlProblem } from './spec-problem.ts';
import { sqlStart } from './start.ts';

/** The functions that call Flink. */
export interface FlinkSqlParts {
  execute: typeof executeSql;
  check: typeof checkSql;
  complete: typeof completeSql;
}

/** Runs statements in the learner's own Flink, except where `parts` replaces a function. */
export function flinkSqlWith({
  execute = executeSql,
  check = checkSql,
  complete = completeSql,
}: Partial<FlinkSqlParts> = {}): Language {
  return {
    ...languages['flink-sql'],
    needs: ['flink'],
    ownKeys: ['tables'],
    check: flinkSqlProblem,
    readOnlyFiles: starterOnly,
    start: sqlStart(execute),
    output: null,
    help: sqlHelp({ check, complete }),
    words: { running: 'your query', written: 'your SQL' },
  };
}

export const flinkSql = flinkSqlWith();
