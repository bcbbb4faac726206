import { type Bench, openBench } from '#sandbox/app/bench.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import type { Config } from '#sandbox/config.ts';
import { gradePrograms } from './grade-programs.ts';
import { unprovenChecks } from './proof.ts';
import { openProofRecord, type ProofRecord } from './proof-record.ts';
import { proofTable } from './proof-table.ts';
import { EXIT, parseWords, wholeNumber } from './usage.ts';

export const PROVE_USAGE = 'npm run prove -- [module/slug ...] [--repeat N] [--changed]';

const OPTIONS = { repeat: { type: 'string' }, changed: { type: 'boolean' } } as const;
/** Programs graded at the same time: two processes for each, and mostly waiting for Kafka. */
const CONCURRENCY = 2;
const PROGRESS_EVERY = 50;

interface CommandOptions {
  config: Config;
  signal: AbortSignal;
}

/** Proves lessons, with fresh seeds each time. @returns the exit code */
export async function proveCommand(args: readonly string[], { config, signal }: CommandOptions): Promise<number> {
  const { values, positionals } = parseWords(args, OPTIONS);
  const repeat = wholeNumber('repeat', values.repeat, { min: 1, max: 1000 }) ?? 1;
  const catalog = await loadCatalog(config.lessonsDir);
  const all = catalog.modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
  const chosen = positionals.length > 0 ? positionals.map((lesson) => catalog.exercise(lesson)) : all;
  const record = await openProofRecord(config.home);
  const due = values.changed ? await record.changed(chosen) : chosen;
  for (const { lesson } of chosen.filter((exercise) => !due.includes(exercise)))
    console.log(`${lesson}: unchanged since its last proof`);

  const broken = positionals.length > 0 ? [] : catalog.problems;
  for (const { message } of broken) console.error(message);
  if (due.length === 0) return broken.length > 0 ? EXIT.fail : EXIT.pass;
  await using bench = await openBench({
    config,
    signal,
    concurrency: CONCURRENCY,
    onProgress: (message) => console.error(message),
  });
  let proven = broken.length === 0;
  for (const exercise of due) proven = (await prove(exercise, { bench, repeat, record })) && proven;
  return proven ? EXIT.pass : EXIT.fail;
}

interface ProveOptions {
  bench: Bench;
  repeat: number;
  record: ProofRecord;
}

async function prove(exercise: Exercise, { bench, repeat, record }: ProveOptions): Promise<boolean> {
  const startedAt = performance.now();
  const complain = (problem: string) => console.error(`${exercise.lesson} ${problem}`);
  const onDone = (done: number, all: number) => {
    if (done % PROGRESS_EVERY === 0) console.error(`${exercise.lesson}: ${done} of ${all} gradings`);
  };
  const rows = await gradePrograms(exercise, { bench, repeat, concurrency: CONCURRENCY, onDone, onProblem: complain });
  console.log(proofTable(exercise, rows, (performance.now() - startedAt) / 1000));
  const unproven = unprovenChecks(exercise);
  if (unproven.length > 0) console.log(`no wrong program fails ${unproven.join(', ')}: write one`);
  const holds = unproven.length === 0 && rows.every(({ attempts }) => attempts.every(({ problem }) => problem === null));
  if (holds) await record.proven(exercise);
  return holds;
}
