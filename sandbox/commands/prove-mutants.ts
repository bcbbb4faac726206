/** `npm run prove -- --mutants`: whether each lesson's grader notices a small change of its solution. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBench } from '#sandbox/app/bench.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { commonHash } from '#sandbox/grading/grader-hash.ts';
import { programsAtOnce } from '#sandbox/proof/at-once.ts';
import { gradeMutants } from '#sandbox/proof/mutants/grade-mutants.ts';
import { type MutantRow, mutantProblems, mutantTable } from '#sandbox/proof/mutants/table.ts';
import { readProofs, recordMutants } from '#sandbox/proof/record.ts';
import { chosenExercises } from './chosen-exercises.ts';
import type { CommandOptions } from './command.ts';
import { EXIT } from './usage.ts';

export interface ProveMutantsOptions extends CommandOptions {
  lessons: readonly string[];
  repeat: number;
  /** Adds the figures of a lesson that holds to its record. */
  record: boolean;
  /** Where the verdicts are written as JSON, `-` for the terminal; nowhere when left out. */
  json: string | undefined;
}

/** Grades the mutants of lessons, all unless named. @returns the exit code */
export async function proveMutants({ lessons, repeat, record, json, config, signal }: ProveMutantsOptions): Promise<number> {
  const common = await commonHash();
  const catalog = await loadCatalog(config.lessonsDir);
  const chosen = chosenExercises(catalog, lessons);
  const broken = lessons.length > 0 ? [] : catalog.problems;
  for (const { message } of broken) console.error(message);
  // Read first, so that a damaged record is reported before the gradings, not after them.
  if (record) await readProofs(config.lessonsDir);
  if (chosen.length === 0) return broken.length > 0 ? EXIT.fail : EXIT.pass;

  const onProgress = (message: string) => console.error(message);
  await using bench = await openBench({ config, signal, concurrency: Math.max(...chosen.map(programsAtOnce)), onProgress });
  const rows: MutantRow[] = [];
  for (const exercise of chosen) {
    const row = await gradeMutants(exercise, { bench, repeat, onProgress });
    rows.push(row);
    for (const problem of mutantProblems(row)) onProgress(`${problem}\n`);
    if (!record || !row.held) continue;
    const { mutants, killed, equivalent } = row;
    const figures = { mutants, killed, equivalent };
    const isRecorded = await recordMutants(config.lessonsDir, {
      lesson: exercise.lesson,
      ...{ state: { folder: exercise.contentHash, common }, figures },
    });
    onProgress(
      isRecorded
        ? `${exercise.lesson}: mutants recorded in lessons/proofs.json`
        : `${exercise.lesson}: mutants not recorded, because its programs are not. Hint: run npm run prove -- ${exercise.lesson} --record first`,
    );
  }
  if (json !== undefined && json !== '-') await writeFile(resolve(config.userDir, json), jsonOf(rows));
  // With `--json -`, stdout holds only JSON.
  if (json === '-') process.stdout.write(jsonOf(rows));
  else console.log(mutantTable(rows));
  return broken.length === 0 && rows.every(({ held }) => held) ? EXIT.pass : EXIT.fail;
}

function jsonOf(rows: readonly MutantRow[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}
