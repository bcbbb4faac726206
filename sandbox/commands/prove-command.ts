import { openBench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { commonHash } from '#sandbox/grading/grader-hash.ts';
import { programsAtOnce } from '#sandbox/proof/at-once.ts';
import { changeSince } from '#sandbox/proof/change.ts';
import { minutesTable } from '#sandbox/proof/minutes.ts';
import { proveLesson } from '#sandbox/proof/prove-lesson.ts';
import { type ProofRecord, readProofs, recordProof } from '#sandbox/proof/record.ts';
import { chosenExercises, knownTo } from './chosen-exercises.ts';
import type { CommandOptions } from './command.ts';
import { EXIT, parseWords, UsageError, wholeNumber } from './usage.ts';

export const PROVE_USAGE =
  'npm run prove -- [module/slug ...] [--repeat N] [--record] [--changed | --show | --mutants [--json FILE|-]]';

const OPTIONS = {
  repeat: { type: 'string' },
  record: { type: 'boolean' },
  changed: { type: 'boolean' },
  show: { type: 'boolean' },
  mutants: { type: 'boolean' },
  json: { type: 'string' },
} as const;

/** Proves lessons, with fresh seeds each time. @returns the exit code */
export async function proveCommand(args: readonly string[], { config, signal }: CommandOptions): Promise<number> {
  const { values, positionals } = parseWords(args, OPTIONS);
  const repeat = wholeNumber('repeat', values.repeat, { min: 1, max: 1000 }) ?? 1;
  const { mutants = false, changed = false, show = false, record = false, json } = values;
  if (mutants && (changed || show)) throw new UsageError('--mutants goes with neither --changed nor --show');
  if (json !== undefined && !mutants) throw new UsageError('--json goes with --mutants only');
  if (mutants) {
    // TypeScript's compiler is loaded only here: it takes half a second.
    const { proveMutants } = await import('./prove-mutants.ts');
    return proveMutants({ lessons: positionals, repeat, record, json, config, signal });
  }
  // Hashed before the catalogue and the other inputs are read, so that a later change makes the record out of date.
  const common = await commonHash();
  const catalog = await loadCatalog(config.lessonsDir);
  const chosen = chosenExercises(catalog, positionals);
  // Read first, so that a damaged record is reported before an hour of proofs, not after it.
  const proofs = record || changed ? await readProofs(config.lessonsDir) : {};
  const due = changed ? changedOf(chosen, { proofs, common }) : chosen;

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
    const { programs, right, wrong, held, seconds } = await proveLesson(exercise, { bench, repeat, show });
    took.push({ lesson: exercise.lesson, seconds });
    proven &&= held;
    if (!record || !held) continue;
    const counts = { programs, right, wrong, gradings: programs * repeat, repeats: repeat };
    const proof = { folder: exercise.contentHash, common, ...counts, date: new Date().toISOString().slice(0, 10) };
    await recordProof(config.lessonsDir, { lesson: exercise.lesson, proof, isKnown: knownTo(catalog) });
    console.log(`${exercise.lesson}: recorded in lessons/proofs.json\n`);
  }
  console.log(minutesTable(took));
  return proven ? EXIT.pass : EXIT.fail;
}

/** Returns the lessons that differ from their record or have none, and prints the rest. */
function changedOf(chosen: readonly Exercise[], { proofs, common }: { proofs: ProofRecord; common: string }): Exercise[] {
  const isChanged = ({ lesson, contentHash }: Exercise) =>
    changeSince(proofs[lesson], { folder: contentHash, common }) !== 'nothing';
  for (const { lesson } of chosen.filter((exercise) => !isChanged(exercise)))
    console.log(`${lesson}: unchanged since its proof of ${proofs[lesson]?.date}`);
  return chosen.filter(isChanged);
}
