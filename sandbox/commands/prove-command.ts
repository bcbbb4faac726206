import { openBench } from '#sandbox/app/bench.ts';
import type { Catalog, Exercise } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import type { Config } from '#sandbox/config.ts';
import { commonHash } from '#sandbox/grading/grader-hash.ts';
import { programsAtOnce } from '#sandbox/proof/at-once.ts';
import { changeSince } from '#sandbox/proof/change.ts';

import { minutesTable } from '#sandbox/proof/minutes.ts';
import { proveLesson } from '#sandbox/proof/prove-lesson.ts';
import { type ProofRecord, readProofs, recordProof } from '#sandbox/proof/record.ts';
import { EXIT, parseWords, wholeNumber } from './usage.ts';

export const PROVE_USAGE = 'npm run prove -- [module/slug ...] [--repeat N] [--record] [--changed]';

const OPTIONS = { repeat: { type: 'string' }, record: { type: 'boolean' }, changed: { type: 'boolean' } } as const;

interface CommandOptions {
  config: Config;
  signal: AbortSignal;
}

/** Proves lessons, with fresh seeds each time. @returns the exit code */
export async function proveCommand(args: readonly string[], { config, signal }: CommandOptions): Promise<number> {
  const { values, positionals } = parseWords(args, OPTIONS);
  const repeat = wholeNumber('repeat', values.repeat, { min: 1, max: 1000 }) ?? 1;
  // Hashed before the catalogue and the other inputs are read, so that a later change makes the record out of date.
  const common = await commonHash();
  const catalog = await loadCatalog(config.lessonsDir);
  const chosen = positionals.length > 0 ? positionals.map((lesson) => catalog.exercise(lesson)) : exercisesOf(catalog);
  // Read first, so that a damaged record is reported before an hour of proofs, not after it.
  const proofs = values.record || values.changed ? await readProofs(config.lessonsDir) : {};
  const due = values.changed ? changedOf(chosen, { proofs, common }) : chosen;

  const broken = positionals.length > 0 ? [] : catalog.problems;
  for (const { message } of broken) console.error(message);
  if (due.length === 0) return broken.length > 0 ? EXIT.fail : EXIT.pass;
  await using bench = await openBench({
    config,
    signal,
    concurrency: Math.max(...due.map(programsAtOnce)),
    onProgress: (message) => console.error(message),
  });
  const took: { lesson: string; seconds: number }[] = [];
  let proven = broken.length === 0;
  for (const exercise of due) {
    const { programs, held, seconds } = await proveLesson(exercise, { bench, repeat });
    took.push({ lesson: exercise.lesson, seconds });
    proven &&= held;
    if (!values.record || !held) continue;
    const counts = { programs, gradings: programs * repeat, repeats: repeat };
    const proof = { folder: exercise.contentHash, common, ...counts, date: new Date().toISOString().slice(0, 10) };
    await recordProof(config.lessonsDir, { lesson: exercise.lesson, proof, isKnown: knownTo(catalog) });
    console.log(`${exercise.lesson}: recorded in lessons/proofs.json\n`);
  }
  console.log(minutesTable(took));
  return proven ? EXIT.pass : EXIT.fail;
}

function exercisesOf({ modules }: Catalog): Exercise[] {
  return modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
}

/** Returns the lessons that differ from their record or have none, and prints the rest. */
function changedOf(chosen: readonly Exercise[], { proofs, common }: { proofs: ProofRecord; common: string }): Exercise[] {
  const isChanged = ({ lesson, contentHash }: Exercise) =>
    changeSince(proofs[lesson], { folder: contentHash, common }) !== 'nothing';
  for (const { lesson } of chosen.filter((exercise) => !isChanged(exercise)))
    console.log(`${lesson}: unchanged since its proof of ${proofs[lesson]?.date}`);
  return chosen.filter(isChanged);
}

/** Returns whether a lesson exists; a broken one counts, so it keeps its record. */
function knownTo(catalog: Catalog): (lesson: string) => boolean {
  const sound = exercisesOf(catalog).map(({ lesson }) => lesson);
  return (lesson) =>
    sound.includes(lesson) || catalog.problems.some((one) => lesson === one.lesson || lesson.startsWith(`${one.lesson}/`));
}
