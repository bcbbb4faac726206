import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const EXERCISE = `
language: ts
files: [main.ts]
services: [kafka]
topics: { driver-events: { partitions: 3 } }
inputs: { driver-events: { generator: driver-events, count: 20, as: module } }
checks: { stored: Everything is stored }
wrong: { nothing.ts: { fails: stored, diagnosis: NOT_ALL_SENT } }
hints: [one, two, three]
`;

/** The files of a valid course of one module with two lessons, the second without an exercise. */
export const COURSE = {
  '01-log/module.yaml': 'title: The Log\nletter: A\nsummary: Logs.\n',
  '01-log/01-append/index.mdx':
    '---\ntitle: Append\nshort: append\nsummary: Appending.\nminutes: 5\nteaches: [log]\nstatus: published\n---\nText.\n',
  '01-log/01-append/exercise.yaml': EXERCISE,
  '01-log/01-append/starter/main.ts': 'export {};\n',
  '01-log/01-append/starter/extra.ts': 'export const extra = 1;\n',
  '01-log/01-append/solution/main.ts': 'export {};\n',
  '01-log/01-append/wrong/nothing.ts': 'export {};\n',
  '01-log/01-append/grader.ts': 'export default 1;\n',
  '01-log/02-read/index.mdx':
    '---\ntitle: Read\nshort: read\nsummary: Reading.\nminutes: 5\nteaches: [log]\nrequires: [log/append]\nstatus: draft\n---\nText.\n',
};

/** Writes a course into a new folder. A file given as null is left out. */
export async function courseFolder(changes: Readonly<Record<string, string | null>> = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'streamwright-course-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...COURSE, ...changes })) {
    if (text === null) continue;
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  return dir;
}
