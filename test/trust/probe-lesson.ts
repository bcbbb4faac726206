/** Lessons whose program is whatever a case attacks with: two topics, one input, and a limit of time, long or short. */
export const PROBE = { lesson: 'trust/probe', runMs: 30_000 };
export const BRIEF_PROBE = { lesson: 'trust/brief', runMs: 5000 };
/** Its input is a topic. */
export const READING_PROBE = { lesson: 'trust/reading', runMs: 60_000 };

const FRONT_MATTER =
  '---\ntitle: Probe\nshort: probe\nsummary: About it.\nminutes: 5\nteaches: [it]\nstatus: published\n---\n\n# Probe\n';

const exercise = (runMs: number, as: 'module' | 'topic') => `language: ts
files: [main.ts]
services: [kafka]
topics: { own: { partitions: 1 }, input: { partitions: 1 } }
inputs: { input: { generator: orders, count: 5, as: ${as} } }
limits: { runMs: ${runMs} }
checks: { stored: Every order is stored }
wrong: {}
hints: [one, two, three]
`;

const lesson = (folder: string, runMs: number, as: 'module' | 'topic' = 'module'): Record<string, string> => ({
  [`${folder}/index.mdx`]: FRONT_MATTER,
  [`${folder}/exercise.yaml`]: exercise(runMs, as),
  [`${folder}/starter/main.ts`]: '// write here\n',
  [`${folder}/solution/main.ts`]: '// solution-canary-of-the-probe\n',
  [`${folder}/grader.ts`]: '// grader-canary-of-the-probe\nexport default null;\n',
});

export const PROBE_LESSONS: Readonly<Record<string, string>> = {
  '09-trust/module.yaml': 'title: Trust\nletter: T\nsummary: What may never happen.\n',
  ...lesson('09-trust/01-probe', PROBE.runMs),
  ...lesson('09-trust/02-brief', BRIEF_PROBE.runMs),
  ...lesson('09-trust/03-reading', READING_PROBE.runMs, 'topic'),
};
