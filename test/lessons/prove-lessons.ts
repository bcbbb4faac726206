import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { commonHash } from '#sandbox/grading/grader-hash.ts';
import { programsAtOnce } from '#sandbox/proof/at-once.ts';
import { changeSince } from '#sandbox/proof/change.ts';
import { type GradeProgramsOptions, gradePrograms } from '#sandbox/proof/grade-programs.ts';
import { readProofs } from '#sandbox/proof/record.ts';
import { subjectsOf } from '#sandbox/proof/subjects.ts';
import { commitHash } from './commit.ts';
import { GRADINGS_OF_CHANGED_GROUND, type LessonState, planProofs } from './proof-plan.ts';
import { proofTitle } from './proof-title.ts';

/** Time for the first program: a Flink starts and warms up on a slow machine that also does other work. */
const STARTING_MS = 180_000;
/** Time for one grading on a slow machine that also does other work. */
const GRADING_MS = 30_000;

const lessonsDir = join(PROJECT_DIR, 'lessons');

interface ProveOptions {
  /** Selects the lessons that the suite can grade. The plan's budget covers all lessons, in all suites. */
  only: (exercise: Exercise) => boolean;
  /** Returns the bench that the hooks of the test file opened. */
  bench: () => GradeProgramsOptions['bench'];
}

/** Defines a test per lesson, which grades the programs that its record leaves to be proven. Called once at the top of a test file. */
export async function proveLessons({ only, bench }: ProveOptions): Promise<void> {
  const common = await commonHash();
  const proofs = await readProofs(lessonsDir);
  const { modules } = await loadCatalog(lessonsDir);
  const exercises = modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
  const states = exercises.map(async (exercise): Promise<LessonState> => {
    const { lesson, contentHash } = exercise;
    const change = changeSince(proofs[lesson], { folder: contentHash, common });
    return { lesson, change, programs: await subjectsOf(exercise) };
  });
  const plan = planProofs(await Promise.all(states), { drawnBy: commitHash(), budget: GRADINGS_OF_CHANGED_GROUND });

  for (const exercise of exercises.filter(only)) {
    const planned = plan.find(({ lesson }) => lesson === exercise.lesson)!;
    const title = proofTitle(planned, proofs[exercise.lesson], new Date());
    test(title, { timeout: STARTING_MS + planned.names.length * GRADING_MS }, async () => {
      const startedAt = performance.now();
      const chosen = ({ name }: { name: string }) => planned.names.includes(name);
      const concurrency = programsAtOnce(exercise);
      const rows = await gradePrograms(exercise, { bench: bench(), repeat: 1, concurrency, only: chosen });
      console.log(`${title} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`);
      const problems = rows.flatMap(({ subject, attempts }) =>
        attempts.flatMap(({ problem, seed }) => (problem ? [`${subject.name}, seed ${seed}: ${problem}`] : [])),
      );
      expect(problems).toEqual([]);
      expect(rows.map(({ subject }) => subject.name)).toEqual(planned.names);
    });
  }
}
