/**
 * The hash of what decides a verdict: with the same hash, the same program gets the same verdict on the same data, whenever it is judged.
 *
 * In it are
 * - how a round is judged: the kit, the judge, Kafka's client, and the rules of a report, which say what becomes of checks and rounds;
 * - what it is judged on: the generators, and the defaults of `exercise.yaml`;
 * - how a diagnosis is named: the diagnoses;
 * - what a program means: `round.ts`, with what each language makes of the learner's files (the `cluster.ts` beside a program, how SQL is
 *   split and run, what a grader hears of a statement), and Kafka, Flink with its gate, their settings, and the client libraries.
 *
 * Not in it is
 * - what decides when, where and how often a round is judged, never what is found: the queue, leases, `rounds.ts` with its retries. A
 *   round that meets a fault has no verdict, and when the rounds are enough `report.ts` says;
 * - the walls: providers, images, limits of memory and processes, grants. A program that keeps to its task never touches them;
 * - Node, whose version belongs to the machine;
 * - the rest of the lesson's folder, which `contentHash` covers.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { hashFiles } from '#sandbox/catalog/folder.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { importClosure, type ReadText } from '#sandbox/host/import-closure.ts';
import { GRADER_ENTRY } from './grader-process.ts';

// Resolved as imports are, so that a module that moved is missed here, not left out.
const { resolve } = createRequire(import.meta.url);

/** Each with all that it imports. The kit and the generators whole: a grader may import any of their modules. */
const ENTRIES = ['./round.ts', './report.ts', '#lessons/diagnoses.ts', '#lessons/schema.ts'].map((name) => resolve(name));
const FOLDERS = ['./kit/index.ts', '#sandbox/generators/generator.ts'].map((name) => dirname(resolve(name)));
const SETTINGS = ['#sandbox/services/kafka/spec.ts', '#sandbox/services/flink/spec.ts'].map((name) => resolve(name));
/** Kafka and Flink, by the checksums of their jars. */
const JARS = ['#sandbox/services/kafka/kafka.sha256', '#sandbox/services/flink/flink.sha256'].map((name) => resolve(name));
const GATE = dirname(resolve('#sandbox/services/flink/gate/policy.json'));
/** What the learners' programs import. */
const LEARNERS_CLIENT = 'kafkajs';

const packageSchema = z.object({ version: z.string() });
const readText: ReadText = (path) => readFile(path, 'utf8');

let ofAllLessons: Promise<string> | null = null;

/** Returns the hash of all that decides a verdict on a lesson's exercise, beside its folder's other files and the seed. */
export async function graderHash({ graderPath }: Pick<Exercise, 'graderPath'>): Promise<string> {
  return hashFiles({ common: await commonHash(), 'grader.ts': await readText(graderPath) });
}

/** Returns the hash of what decides the verdicts of all lessons. It is read once: the code that runs does not change. */
export function commonHash(): Promise<string> {
  ofAllLessons ??= commonGround().then(hashFiles);
  return ofAllLessons;
}

/**
 * Returns what `commonHash` covers: texts of files by their path in the project, sorted, and versions by their package.
 *
 * @param read reads any of those files
 */
export async function commonGround(read: ReadText = readText): Promise<Record<string, string>> {
  const [modules, gate] = await Promise.all([Promise.all(FOLDERS.map(filesBelow)), filesBelow(GATE)]);
  const { files, packages } = await importClosure([GRADER_ENTRY, ...ENTRIES, ...SETTINGS, ...modules.flat()], read);
  const others = await Promise.all([...JARS, ...gate].map(async (path) => [path, await read(path)] as const));
  const texts = [...files, ...others].map(([path, text]) => [relative(PROJECT_DIR, path).replaceAll(sep, '/'), text] as const);
  const versions = await Promise.all([...packages, LEARNERS_CLIENT].map((name) => versionOf(name, read)));
  return Object.fromEntries([...texts, ...versions].sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function versionOf(name: string, read: ReadText): Promise<readonly [string, string]> {
  const { version } = packageSchema.parse(JSON.parse(await read(join(PROJECT_DIR, 'node_modules', name, 'package.json'))));
  return [name, version];
}
