import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBench } from '#sandbox/app/bench.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { CommandOptions } from './command.ts';
import { junitOf } from './junit.ts';
import { reportText } from './report-text.ts';
import { readSubmitted } from './submitted-files.ts';
import { EXIT, parseWords, UsageError, wholeNumber } from './usage.ts';

export const GRADE_USAGE =
  'npm run grade -- <module/slug> <file or folder> [--json FILE|-] [--junit FILE] [--seed N] [--rounds N]';

const OPTIONS = {
  json: { type: 'string' },
  junit: { type: 'string' },
  seed: { type: 'string' },
  rounds: { type: 'string' },
} as const;

/** Grades once. @returns the exit code */
export async function gradeCommand(args: readonly string[], { config, signal }: CommandOptions): Promise<number> {
  const { values, positionals } = parseWords(args, OPTIONS);
  const [lesson, path, ...surplus] = positionals;
  if (!lesson || !path || surplus.length > 0) throw new UsageError('grade takes a lesson and a file or folder');
  const seed = wholeNumber('seed', values.seed, { min: 0, max: 2 ** 31 - 1 });
  const rounds = wholeNumber('rounds', values.rounds, { min: 1, max: 20 });
  const exercise = (await loadCatalog(config.lessonsDir)).exercise(lesson);
  const files = await readSubmitted(resolve(config.userDir, path), exercise);

  await using bench = await openBench({ config, signal, onProgress: (message) => console.error(message) });
  const submission = { exercise, files, submissionId: randomUUID(), queuedAt: new Date(), seed, rounds };
  const report = await gradeSubmission({ ...bench, ...submission, onFault: (error) => console.error(error) });
  await write(report, { json: values.json, junit: values.junit, userDir: config.userDir });
  return { pass: EXIT.pass, fail: EXIT.fail, error: EXIT.platformError }[report.status];
}

interface Outputs {
  json: string | undefined;
  junit: string | undefined;
  userDir: string;
}

async function write(report: Report, { json, junit, userDir }: Outputs): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json !== undefined && json !== '-') await writeFile(resolve(userDir, json), text);
  if (junit !== undefined) await writeFile(resolve(userDir, junit), junitOf(report));
  // With `--json -`, stdout holds only JSON.
  if (json === '-') process.stdout.write(text);
  else console.log(reportText(report));
}
