import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, LIMITS, readConfig } from '#sandbox/config.ts';

/** A configuration whose home, lessons and site are folders of this test alone; they go when it is disposed. */
export interface TemporaryHome extends Disposable {
  config: Config;
  dir: string;
}

const OFTEN = { count: 1_000_000, windowMs: 1000 };
/** For tests, which call faster than a person can. */
export const UNPACED = { runs: OFTEN, checks: OFTEN, saves: OFTEN, breaks: OFTEN };

/** @param lessons files below the folder of lessons, besides the two lessons that are there */
export function temporaryHome(lessons: Readonly<Record<string, string>> = {}): TemporaryHome {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-test-'));
  const config = {
    ...readConfig({ STREAMWRIGHT_HOME: join(dir, 'home'), PATH: process.env.PATH, JAVA_HOME: process.env.JAVA_HOME }),
    provider: 'process' as const,
    lessonsDir: join(dir, 'lessons'),
    siteDir: join(dir, 'site'),
    limits: { ...LIMITS, pace: UNPACED },
  };
  writeFiles(config.lessonsDir, { ...LESSONS, ...lessons });
  writeFiles(config.siteDir, SITE);
  return { config, dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

const EXERCISE = `language: ts
files: [main.ts]
services: [kafka]
topics: { orders: { partitions: 1 } }
inputs: { orders: { generator: orders, count: 5, as: module } }
checks: { stored: Every order is stored }
wrong: {}
hints: [one, two, three]
`;

function lesson(title: string, exercise: string): Record<string, string> {
  return {
    'index.mdx': `---\ntitle: ${title}\nshort: ${title.toLowerCase()}\nsummary: About it.\nminutes: 5\nteaches: [it]\nstatus: published\n---\n\n# ${title}\n`,
    'exercise.yaml': exercise,
    'starter/main.ts': '// write here\n',
    'solution/main.ts': '// written\n',
    'grader.ts': 'export default null;\n',
  };
}

const below = (folder: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

const LESSONS = {
  '01-log/module.yaml': 'title: The log\nletter: A\nsummary: What it is.\n',
  ...below('01-log/01-append', lesson('Append', EXERCISE)),
  ...below('01-log/02-keys', lesson('Keys', EXERCISE)),
};

const SITE = {
  'index.html': '<!doctype html><title>Streamwright</title>',
  '404.html': '<!doctype html><title>Nothing here</title>',
  'lessons/log/append/index.html': '<!doctype html><title>Append</title>',
  '_astro/page.1a2b3c.js': 'export {};',
  '_astro/page.1a2b3c.js.br': 'brotli',
  '_astro/page.1a2b3c.js.gz': 'gzip',
  'headers.json': JSON.stringify({ contentSecurityPolicy: "default-src 'self'; script-src 'sha256-x'" }),
};
