import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, PROJECT, sourceFiles } from './architecture/imports.ts';

/** One direction of imports that must hold: files below `from` import nothing that matches `never`, or only what matches `only`. */
type Rule = { why: string; from: RegExp; never?: RegExp; only?: RegExp };

const RULES: Rule[] = [
  {
    why: 'the wire is plain data that the browser, the server and tools can all read',
    from: /^sandbox\/protocol\//,
    only: /^(zod|sandbox\/protocol\/)/,
  },
  {
    why: 'what a lesson is must not depend on how it is run',
    from: /^lessons\/[a-z-]+\.ts$/,
    only: /^(zod|lessons\/[a-z-]+\.ts$)/,
  },
  {
    why: 'a grader sees the grading API and the input data, nothing of the server',
    from: /^lessons\/.*\/grader\.ts$/,
    only: /^sandbox\/(grading|generators)\//,
  },
  {
    why: 'graders, solutions and wrong programs are loaded by path at run time and never reach a bundle',
    from: /^(sandbox|site)\//,
    never: /^lessons\/.*\/(grader\.ts|solution\/|wrong\/|alternates\/)/,
  },
  { why: 'the site knows the server by its wire alone', from: /^site\/src\//, never: /^sandbox\/(?!protocol\/)/ },
  {
    why: 'a provider knows no learner, no lesson and no HTTP',
    from: /^sandbox\/providers\//,
    never: /^(lessons|sandbox\/(http|runs|grading|leases|tenancy|catalog|store|lens|live|services))\//,
  },
  {
    why: 'tenancy and services know who rents, never why',
    from: /^sandbox\/(tenancy|services|clients|readiness)\//,
    never: /^(lessons|sandbox\/(http|runs|grading|leases|catalog|store|lens|live))\//,
  },
  { why: 'HTTP is the outermost layer', from: /^sandbox\/(?!http\/|main\.ts|server\.ts)/, never: /^sandbox\/http\// },
  {
    why: 'leases know nothing of what runs in them',
    from: /^sandbox\/leases\//,
    never: /^sandbox\/(http|runs|grading|lens|live)\//,
  },
  {
    why: 'SQL runs in the Flink that it is given: whose it is, and what for, is known above',
    from: /^sandbox\/sql\//,
    never: /^(lessons|sandbox\/(http|runs|grading|leases|lens|live|catalog|store))\//,
  },
  {
    why: 'input data and names are pure functions of their arguments',
    from: /^sandbox\/(generators\/|tenancy\/prefix\.ts|grading\/report\.ts)/,
    never: /^(node:(fs|net|http|child_process|process)|fastify|kysely|@platformatic)/,
  },
  { why: 'one client library in the server; kafkajs is what learners write', from: /^sandbox\//, never: /^kafkajs/ },
];

const files = sourceFiles();

describe('imports go in one direction', () => {
  for (const { why, from, never, only } of RULES) {
    test(why, () => {
      const wrong = files
        .filter((file) => from.test(file))
        .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
        .filter(({ target }) => never?.test(target) || (only && !only.test(target)));
      expect(wrong).toEqual([]);
    });
  }

  test('each rule speaks of files that exist', () => {
    const idle = RULES.filter(({ from }) => !files.some((file) => from.test(file))).map(({ why }) => why);
    expect(idle).toEqual([]);
  });

  test('there are no cycles', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).filter((target) => files.includes(target))]));
    expect(firstCycle(graph)).toBeNull();
  });
});

test('the site imports only types from the server', () => {
  const values = files
    .filter((file) => file.startsWith('site/src/'))
    .flatMap((file) =>
      [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/^import (?!type\b)[^;]*?from '#?[./]*sandbox\/[^']+'/gm)].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
  expect(values).toEqual([]);
});

test('only config.ts reads the environment', () => {
  const readers = files
    .filter((file) => file.startsWith('sandbox/') && file !== 'sandbox/config.ts')
    .filter((file) => /process\.env\b/.test(stripStrings(readFileSync(join(PROJECT, file), 'utf8'))));
  expect(readers).toEqual([]);
});

test('no file has more than 300 lines', () => {
  const long = files
    .map((file) => [file, readFileSync(join(PROJECT, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

function firstCycle(graph: Map<string, string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}

function stripStrings(source: string): string {
  return source.replace(/`[^`]*`|'[^'\n]*'|\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
