import type { Limits } from '#sandbox/config.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { languages } from '#sandbox/languages/languages.ts';
import { KEPT_CHANGES } from '#sandbox/protocol/kept-changes.ts';
import type { ExerciseView } from '#sandbox/protocol/lesson.ts';
import type { Exercise } from './catalog.ts';
import { runLimitMs } from './run-limit.ts';

/** Returns what the editor needs of an exercise, with the data of the visible seed, but nothing of grader, solution or wrong programs. */
export function exerciseView(exercise: Exercise, limits: Pick<Limits, 'flink' | 'program'>): ExerciseView {
  const { spec, starter } = exercise;
  return {
    lesson: exercise.lesson,
    title: exercise.title,
    language: spec.language,
    files: Object.fromEntries(spec.files.map((name) => [name, starter[name] ?? ''])),
    editable: spec.files,
    readOnlyFiles: languages[spec.language].readOnlyFiles(exercise, drawRound(spec, VISIBLE_SEED)),
    topics: Object.keys(spec.topics),
    checks: Object.entries(spec.checks).map(([id, title]) => ({ id, title })),
    hints: [...spec.hints],
    rounds: spec.rounds,
    limits: {
      runMs: runLimitMs(spec, limits.flink.runMs),
      checkMs: spec.limits.runMs,
      outputBytes: limits.program.outputBytes,
      changes: KEPT_CHANGES,
    },
  };
}
