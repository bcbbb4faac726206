/** Runs an attack as a learner does: by the API, in the sandbox that the product gives. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type Run, runSchema } from '#sandbox/protocol/run.ts';
import { until } from '../sandbox/test-server.ts';
import type { Name, Product } from './learners.ts';
import { BRIEF_PROBE, PROBE } from './probe-lesson.ts';

export interface Attacked {
  run: Run;
  /** Everything that it printed, stderr too. */
  output: string;
  /** The lines that are JSON, in order: what the program says that it did. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever a program said
  said: any[];
}

export interface AttackOptions {
  as?: Name;
  /** Handed to the program as the object `given`, with a `marker` of its own. */
  given?: Readonly<Record<string, unknown>>;
  /** For attacks that only their limit of time ends, after 5 s. The others get the time that they need on a busy machine. */
  brief?: boolean;
  /** Told each time it is looked at while it goes on. */
  onLook?: (run: Run, marker: string) => void;
}

/** A run ends at its limit of time and this part of it; to the second where nothing else runs, see `cases/limits.ts`. */
const SLACK = 0.6;
/** Waiting for a sandbox, topics and inputs. */
const PREPARE_LIMIT_MS = 30_000;
const clusterSchema = z.object({ principal: z.string(), password: z.string(), prefix: z.string() });

/** Runs a program of `test/fixtures/trust/` to its end, which must come in time. */
export async function attack(product: Product, name: string, options: AttackOptions = {}): Promise<Attacked> {
  const { as = 'ada', given = {}, brief = false, onLook } = options;
  const probe = brief ? BRIEF_PROBE : PROBE;
  await knowMarks(product, as);
  const marker = randomUUID();
  product.marks.add(marker);
  const id = await startProgram(product, as, fixtureText(name, { ...given, marker }), probe);
  return await awaitEnd(product, as, id, { probe, onLook: (run) => onLook?.(run, marker) });
}

/** Starts a program and returns the id of its run. */
export async function startProgram(product: Product, as: Name, text: string, { lesson } = PROBE): Promise<string> {
  const { status, body } = await product.api(as)('POST', '/api/runs', { body: { lesson, files: { 'main.ts': text } } });
  expect({ status, body }).toMatchObject({ status: 202 });
  return body.runId;
}

interface AwaitOptions {
  probe?: typeof PROBE;
  onLook?: (run: Run) => void;
}

/** Reads a run until it has ended, and fails when that is too late. */
export async function awaitEnd(product: Product, as: Name, id: string, options: AwaitOptions = {}): Promise<Attacked> {
  const { probe = PROBE, onLook } = options;
  const read = async () => {
    const run = runSchema.parse((await product.api(as)('GET', `/api/runs/${id}`)).body);
    onLook?.(run);
    return run;
  };
  const limitMs = probe.runMs * (1 + SLACK);
  const run = await until(read, ({ status }) => status === 'finished' || status === 'error', PREPARE_LIMIT_MS + limitMs);
  expect(run.phases.program).toBeLessThan(limitMs);
  expect(run).toMatchObject({ status: 'finished', error: null });
  return digest(run);
}

export function digest(run: Run): Attacked {
  const output = run.output.map(({ text }) => text).join('');
  const said = run.output
    .filter(({ stream }) => stream === 'stdout')
    .map(({ text }) => text)
    .join('')
    .split('\n')
    .flatMap(parsed);
  return { run, output, said };
}

/** Text of an attack with what it is given. */
export function fixtureText(name: string, given: Readonly<Record<string, unknown>>): string {
  const text = readFileSync(join(PROJECT_DIR, 'test/fixtures/trust', `${name}.ts`), 'utf8');
  return `const given = ${JSON.stringify(given)};\n${text}`;
}

const clusters = new Map<string, z.infer<typeof clusterSchema>>();

/** The learner's own slice of the broker, as a program of the learner sees it. */
export async function clusterOf(product: Product, as: Name): Promise<z.infer<typeof clusterSchema>> {
  await knowMarks(product, as);
  const known = clusters.get(product.token(as));
  if (!known) throw new Error(`${as} has no sandbox`);
  return known;
}

async function knowMarks(product: Product, as: Name): Promise<void> {
  const key = product.token(as);
  if (clusters.has(key)) return;
  const { said } = await awaitEnd(product, as, await startProgram(product, as, fixtureText('whoami', {})));
  const cluster = clusterSchema.parse(said[0]);
  clusters.set(key, cluster);
  product.marks.add(cluster.principal);
  // Ada may see what is hers in her own output; nobody else's answers may hold it, and hers nothing of Bob's.
  if (as === 'bob') product.watch.secrets.set(cluster.password, "Bob's password");
}

function parsed(line: string): unknown[] {
  if (!/^[[{]/.test(line)) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return []; // cut, or not one of ours
  }
}
