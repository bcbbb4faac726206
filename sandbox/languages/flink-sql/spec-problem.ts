import type { ExerciseSpec } from '#lessons/schema.ts';

/** Returns what an exercise breaks of the rules of Flink SQL; null when nothing. */
export function flinkSqlProblem({ files, tables, services, inputs, broker }: ExerciseSpec): string | null {
  if (broker === 'dedicated') return 'broker: expected "shared" for flink-sql, found "dedicated"';
  for (const [name, { as }] of Object.entries(inputs)) {
    if (as !== 'topic') return `inputs.${name}.as: expected "topic" in SQL, found "${as}"`;
  }
  const other = files.find((name) => !name.endsWith('.sql'));
  if (other !== undefined) return `files: expected names that end in .sql, found "${other}"`;
  if (tables !== undefined && files.includes(tables))
    return `tables: expected a file that learners cannot edit, found "${tables}" among files`;
  if (!services.includes('flink')) return `services: expected flink for flink-sql, found ${services.join(', ')}`;
  return null;
}
