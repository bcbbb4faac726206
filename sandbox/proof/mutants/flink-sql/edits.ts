/** Mutation operators for Flink SQL, on its tokens. */
import type { Edit, Surroundings } from '../contract/edit.ts';
import * as clauses from './clauses.ts';
import * as expressions from './expressions.ts';
import { type Operator, readSql } from './read-sql.ts';
import * as statements from './statements.ts';
import * as tables from './tables.ts';

/** By the name in a mutant's id. */
export const OPERATORS = {
  'drop-insert': statements.dropInsert,
  'select-only': statements.selectOnly,
  'insert-twice': statements.insertTwice,
  'other-table': statements.otherTable,
  'other-column': statements.otherColumn,
  'hopping-window': statements.hoppingWindow,
  'add-setting': statements.addSetting,
  'drop-declaration': tables.dropDeclaration,
  'other-type': tables.otherType,
  'drop-option': tables.dropOption,
  'other-option': tables.otherOption,
  'bounded-source': tables.boundedSource,
  'drop-condition': clauses.dropCondition,
  negate: clauses.negate,
  'or-for-and': clauses.orForAnd,
  'and-for-or': clauses.andForOr,
  'drop-group-key': clauses.dropGroupKey,
  'swap-columns': clauses.swapColumns,
  'other-join': clauses.otherJoin,
  'union-distinct': clauses.unionDistinct,
  'add-limit': clauses.addLimit,
  'drop-distinct': expressions.dropDistinct,
  'add-distinct': expressions.addDistinct,
  'drop-branch': expressions.dropBranch,
  'drop-function': expressions.dropFunction,
  'other-function': expressions.otherFunction,
  'other-interval': expressions.otherInterval,
  'other-comparison': expressions.otherComparison,
  'other-calculation': expressions.otherCalculation,
  'other-number': expressions.otherNumber,
  'other-text': expressions.otherText,
} satisfies Record<string, Operator>;

/** Returns every change that an operator makes; which of them Flink refuses, only its planner knows. */
export function flinkSqlEdits(text: string, surroundings: Surroundings): Edit[] {
  const sql = { text, tokens: readSql(text), surroundings };
  return Object.entries(OPERATORS).flatMap(([operator, change]) => change(sql).map((edit) => ({ operator, ...edit })));
}
