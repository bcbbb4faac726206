import { counted } from '#lessons/counted.ts';
import type { Bench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { programsAtOnce } from '../at-once.ts';
import { gradeFiles, workThrough } from '../grade-files.ts';
import { subjectsOf } from '../subjects.ts';
import { lessonMutants } from './lesson-mutants.ts';
import type { MutantRow } from './table.ts';
import { outcomeOf, verdictOf } from './verdict.ts';

const PROGRESS_EVERY = 20;

export interface GradeMutantsOptions {
  bench: Bench;
  /** Gradings of each mutant; one that passes any of them has survived. */
  repeat: number;
  /** Called with one line about the progress or a problem. */
  onProgress: (message: string) => void;
}

/** Grades every mutant of a lesson's solution, several at the same time. */
export async function gradeMutants(exercise: Exercise, { bench, repeat, onProgress }: GradeMutantsOptions): Promise<MutantRow> {
  const startedAt = performance.now();
  const { lesson, spec } = exercise;
  const solution = (await subjectsOf(exercise)).find(({ kind }) => kind === 'solution');
  const graded = lessonMutants(exercise, solution?.files ?? {}).map((mutant) => ({ mutant, reports: [] as Report[] }));
  let done = 0;
  await workThrough(graded, programsAtOnce(exercise), async ({ mutant, reports }) => {
    const onFault = (error: unknown) => onProgress(`${lesson} ${mutant.id}: ${error}`);
    while (reports.length < repeat && outcomeOf(reports) !== 'survived')
      reports.push((await gradeFiles(exercise, mutant.files, { bench, onFault })).report);
    if (outcomeOf(reports) === 'survived') onProgress(`${lesson}: survived "${mutant.id}"`);
    if (outcomeOf(reports) === 'refused') onProgress(`${lesson}: does not compile "${mutant.id}"`);
    if (++done % PROGRESS_EVERY === 0) onProgress(`${lesson}: ${done} of ${counted(graded.length, 'mutant')}`);
  });
  const results = graded.map(({ mutant, reports }) => ({ mutant, outcome: outcomeOf(reports) }));
  return { lesson, ...verdictOf(results, spec.equivalent), seconds: (performance.now() - startedAt) / 1000 };
}
