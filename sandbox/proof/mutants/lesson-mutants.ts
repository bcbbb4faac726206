import type { LanguageName } from '#lessons/languages.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Edit, Surroundings } from './contract/edit.ts';
import { flinkSqlEdits } from './flink-sql/edits.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { typescriptEdits } from './typescript/edits.ts';

/** How programs in each language are changed. */
const EDITS: Readonly<Record<LanguageName, (text: string, surroundings: Surroundings) => Edit[]>> = {
  ts: typescriptEdits,
  'flink-sql': flinkSqlEdits,
};

/**
 * Returns the mutants of a lesson's solution.
 *
 * @param solution its files by name
 */
export function lessonMutants({ spec, starter }: Pick<Exercise, 'spec' | 'starter'>, solution: Readonly<Files>): Mutant[] {
  const items = Object.values(drawRound(spec, VISIBLE_SEED).inputs).flat();
  const fields = new Set(items.flatMap((item) => (typeof item === 'object' && item !== null ? Object.keys(item) : [])));
  const surroundings = {
    topics: Object.keys(spec.topics),
    fields: [...fields],
    before: spec.tables ? (starter[spec.tables] ?? '') : '',
  };
  return mutantsOf(solution, (text) => EDITS[spec.language](text, surroundings));
}
