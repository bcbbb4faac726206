/**
 * `lessons/proofs.json`: the state in which each lesson was last proven. It is committed, so that `npm test` need not prove unchanged
 * lessons again.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LessonError, parseYaml } from '#sandbox/catalog/parse.ts';
import { PlatformError } from '#sandbox/errors.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const wholeNumber = z.number().int('expected a whole number').min(0, 'expected 0 or more');
const count = z.number().int('expected a whole number').min(1, 'expected 1 or more');

const mutantsSchema = z.strictObject({
  mutants: count,
  killed: wholeNumber,
  /** Mutants that do the same as the solution, each with its reason in `exercise.yaml`. */
  equivalent: wholeNumber,
});

const proofSchema = z.strictObject({
  /** Hash of the lesson's own folder, except for its text. */
  folder: hash,
  /** Hash of the common ground that decides verdicts. */
  common: hash,
  programs: count,
  /** Programs that passed as they must, and stored wrong programs that failed as they must; older records lack both. */
  right: count.optional(),
  wrong: count.optional(),
  /** The solution's mutants, when they were graded on the same state. */
  mutants: mutantsSchema.optional(),
  /** Number of gradings of all programs together. */
  gradings: count,
  /** Gradings of each program, each with a fresh seed. */
  repeats: count,
  /** Day of the proof in UTC. */
  date: z.iso.date('expected a day such as 2026-01-31'),
});

const recordSchema = z.strictObject({ version: z.literal(1), lessons: z.record(z.string(), proofSchema) });

/** A proof of a lesson that held. */
export type Proof = z.infer<typeof proofSchema>;
export type MutantFigures = z.infer<typeof mutantsSchema>;
/** The last proof that held, by lesson. */
export type ProofRecord = Readonly<Record<string, Proof>>;

const FILE = 'proofs.json';

/**
 * Reads the record; a missing file records nothing.
 *
 * @param lessonsDir absolute path of the folder with the modules
 * @throws PlatformError LESSON_BROKEN naming the key, what was expected and what was found
 */
export async function readProofs(lessonsDir: string): Promise<ProofRecord> {
  const text = await readFile(join(lessonsDir, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return {};
  try {
    // JSON is YAML, and the YAML reader names the line: a merge may have left its markers here.
    return parseYaml(recordSchema, { file: FILE, text }).lessons;
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    const hint = `restore the file from Git, or delete it and run \`npm run prove -- --record\``;
    throw new PlatformError('LESSON_BROKEN', { message: error.message, hint }, { cause: error });
  }
}

/**
 * Records a proof. Reads the file again first, so that what another command recorded in the meantime is kept; figures of mutants are kept while
 * the state is the same.
 *
 * @param isKnown returns whether a lesson exists; entries of the rest are dropped
 */
export async function recordProof(
  lessonsDir: string,
  { lesson, proof, isKnown }: { lesson: string; proof: Proof; isKnown: (lesson: string) => boolean },
): Promise<void> {
  const proofs = await readProofs(lessonsDir);
  const old = Object.entries(proofs).filter(([name]) => isKnown(name));
  const { mutants } = proofs[lesson] ?? {};
  const kept = mutants && covers(proofs[lesson], proof) ? { mutants, ...proof } : proof;
  await writeFile(join(lessonsDir, FILE), proofsText({ ...Object.fromEntries(old), [lesson]: kept }));
}

/**
 * Adds the figures of a lesson's mutants to its proof of the same state.
 *
 * @returns false when the record has no proof of that state, and was left unchanged
 */
export async function recordMutants(
  lessonsDir: string,
  { lesson, state, figures }: { lesson: string; state: Pick<Proof, 'folder' | 'common'>; figures: MutantFigures },
): Promise<boolean> {
  const proofs = await readProofs(lessonsDir);
  const proof = proofs[lesson];
  if (!proof || !covers(proof, state)) return false;
  await writeFile(join(lessonsDir, FILE), proofsText({ ...proofs, [lesson]: { ...proof, mutants: figures } }));
  return true;
}

function covers(proof: Proof | undefined, { folder, common }: Pick<Proof, 'folder' | 'common'>): boolean {
  return proof?.folder === folder && proof.common === common;
}

/** Formats the record as Biome does, sorted by lesson: the same proofs produce the same bytes. */
export function proofsText(record: ProofRecord): string {
  const lessons = Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
  return `${JSON.stringify({ version: 1, lessons }, null, 2)}\n`;
}
