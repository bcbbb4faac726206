import type { ExerciseSpec } from '#lessons/schema.ts';

export const LANGUAGE_NAMES = {
  ts: 'TypeScript',
  'flink-sql': 'Flink SQL',
  shell: 'Shell',
  config: 'Configuration',
} satisfies Record<ExerciseSpec['language'], string>;
