import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { instanceName, isLeftOver } from '#sandbox/host/instance-name.ts';
import { SQL_LESSON } from '../sandbox/sql-lesson.ts';
import { writeFiles } from '../sandbox/temporary-home.ts';
import { PROBE_LESSONS } from './probe-lesson.ts';

/** A folder of lessons for one product. Disposing it removes the folder. */
export interface LessonsOfAll extends Disposable {
  dir: string;
}

/** Inside the project, where a grader's imports are found by the project's package.json. */
const PARENT = join(PROJECT_DIR, '.streamwright', 'lessons-of-tests');

/** Copies the lessons of the project and of `test/fixtures/lessons` into one folder, with the lessons of the attacks. */
export function lessonsOfAll(): LessonsOfAll {
  mkdirSync(PARENT, { recursive: true });
  for (const name of readdirSync(PARENT).filter(isLeftOver)) rmSync(join(PARENT, name), { recursive: true, force: true });
  const dir = mkdtempSync(join(PARENT, `${instanceName()}-`));
  for (const folder of ['lessons', 'test/fixtures/lessons']) cpSync(join(PROJECT_DIR, folder), dir, { recursive: true });
  writeFiles(dir, { ...PROBE_LESSONS, ...SQL_LESSON });
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}
