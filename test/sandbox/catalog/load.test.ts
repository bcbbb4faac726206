import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { COURSE, courseFolder } from './lesson-folder.ts';

const APPEND = '01-log/01-append';
const changed = (name: keyof typeof COURSE, from: string, to: string) => ({ [name]: COURSE[name].replace(from, to) });

test('reads a course in the order of its folder numbers', async () => {
  const catalog = await loadCatalog(await courseFolder());
  expect(catalog.problems).toEqual([]);
  expect(catalog.modules.flatMap(({ lessons }) => lessons.map(({ mark, id }) => `${mark} ${id}`))).toEqual([
    'A1 log/append',
    'A2 log/read',
  ]);
  expect(catalog.exercise('log/append').starter).toEqual({ 'main.ts': 'export {};\n', 'extra.ts': 'export const extra = 1;\n' });
});

test('the lessons of this project are valid', async () => {
  expect((await loadCatalog(join(PROJECT_DIR, 'lessons'))).problems).toEqual([]);
});

test.each([
  [
    'an unknown key',
    changed(`${APPEND}/exercise.yaml`, 'language: ts', 'language: ts\nlimit: 3'),
    'exercise.yaml: limit: unknown key; check its spelling',
  ],
  ['a wrong type', changed(`${APPEND}/exercise.yaml`, 'count: 20', 'count: many'), 'inputs.driver-events.count'],
  [
    'a value that is not allowed',
    changed(`${APPEND}/exercise.yaml`, 'language: ts', 'language: java'),
    'language: expected one of "ts", "flink-sql", found "java"',
  ],
  [
    'a service that the language cannot reach',
    changed(`${APPEND}/exercise.yaml`, 'services: [kafka]', 'services: [kafka, flink]'),
    'services: expected only kafka for ts, found flink',
  ],
  ['text that is not YAML', changed(`${APPEND}/exercise.yaml`, 'files: [main.ts]', 'files: [main.ts'), 'invalid YAML'],
  [
    'an unknown generator',
    changed(`${APPEND}/exercise.yaml`, 'generator: driver-events', 'generator: clouds'),
    'inputs.driver-events.generator: expected one of orders, orders-of-a-day, driver-events, web-orders, readings, payments, found "clouds"',
  ],
  [
    'a colour by a field that the data do not have',
    changed(`${APPEND}/exercise.yaml`, 'partitions: 3', 'partitions: 3, colourBy: chauffeur'),
    'topics.driver-events.colourBy: expected one of the fields',
  ],
  [
    'an unknown diagnosis',
    changed(`${APPEND}/exercise.yaml`, 'NOT_ALL_SENT', 'BAD_LUCK'),
    '"BAD_LUCK" is not in lessons/diagnoses.ts',
  ],
  [
    'a check that does not exist',
    changed(`${APPEND}/exercise.yaml`, 'fails: stored', 'fails: sorted'),
    '"sorted" is not one of the checks: stored',
  ],
  [
    'a table file outside of SQL',
    changed(`${APPEND}/exercise.yaml`, 'language: ts', 'language: ts\ntables: extra.ts'),
    'tables: only allowed for flink-sql, found language "ts"',
  ],
  [
    'a file of another language in SQL',
    changed(`${APPEND}/exercise.yaml`, 'language: ts', 'language: flink-sql'),
    'inputs.driver-events.as: expected "topic" in SQL, found "module"',
  ],
  [
    'a live input that is not a topic',
    changed(`${APPEND}/exercise.yaml`, 'as: module }', 'as: module, live: { count: 3, perSecond: 1 } }'),
    'inputs.driver-events.live: expected "as: topic" with it, found "module"',
  ],
  ['a missing starter', { [`${APPEND}/starter/main.ts`]: null }, 'starter/main.ts: expected this file, found none'],
  ['a missing grader', { [`${APPEND}/grader.ts`]: null }, 'grader.ts: expected this file, found none'],
  [
    'a wrong program without a line',
    { [`${APPEND}/wrong/other.ts`]: '' },
    'wrong: expected a line for wrong/other.ts, found none',
  ],
  [
    'a line without its wrong program',
    { [`${APPEND}/wrong/nothing.ts`]: null },
    'wrong/nothing.ts: exercise.yaml lists this wrong program, but it does not exist',
  ],
  ['no front matter', { [`${APPEND}/index.mdx`]: 'Text.' }, 'index.mdx: expected front matter'],
])('%s breaks only its lesson, and the message names file, key and what was found', async (_, changes, message) => {
  const catalog = await loadCatalog(await courseFolder(changes));
  expect(catalog.problems.map(({ lesson }) => lesson)).toEqual(['log/append']);
  expect(catalog.problems[0]?.message).toContain(`lessons/${APPEND}/`);
  expect(catalog.problems[0]?.message).toContain(message);
  expect(catalog.lesson('log/read').mark).toBe('A2');
  expect(() => catalog.exercise('log/append')).toThrow(expect.objectContaining({ code: 'LESSON_BROKEN' }));
});

test.each([
  ['language: ts', 'language: shell', 'language: expected one of "ts", "flink-sql", found "shell"'],
  ['language: ts', 'language: config', 'language: expected one of "ts", "flink-sql", found "config"'],
  ...['postgres', 'connect', 'schema-registry', 'iceberg'].map((service) => [
    'services: [kafka]',
    `services: [kafka, ${service}]`,
    `services.1: expected one of "kafka", "flink", found "${service}"`,
  ]),
])('rejects what no server runs, naming what exists: %s, %s', async (from = '', to = '', message = '') => {
  const { problems } = await loadCatalog(await courseFolder(changed(`${APPEND}/exercise.yaml`, from, to)));
  expect(problems.map((problem) => problem.message)).toEqual([`lessons/${APPEND}/exercise.yaml: ${message}`]);
});

test('a broken module.yaml breaks its module, and requesting one of its lessons says so', async () => {
  const catalog = await loadCatalog(await courseFolder({ '01-log/module.yaml': 'title: The Log' }));
  expect(catalog.problems[0]).toMatchObject({ lesson: 'log', file: '01-log/module.yaml' });
  expect(() => catalog.lesson('log/append')).toThrow(expect.objectContaining({ code: 'LESSON_BROKEN' }));
});

test('rejects unknown and circular requirements', async () => {
  const unknown = await loadCatalog(await courseFolder(changed('01-log/02-read/index.mdx', 'log/append', 'log/none')));
  expect(unknown.problems[0]?.message).toContain('requires: expected ids of existing lessons, found "log/none"');
  const circle = await loadCatalog(
    await courseFolder(changed(`${APPEND}/index.mdx`, 'minutes: 5', 'minutes: 5\nrequires: [log/read]')),
  );
  expect(circle.problems[0]?.message).toContain('log/append -> log/read -> log/append');
});

test('distinguishes an unknown lesson from a lesson without an exercise', async () => {
  const catalog = await loadCatalog(await courseFolder());
  expect(() => catalog.lesson('log/none')).toThrow(expect.objectContaining({ code: 'LESSON_NOT_FOUND' }));
  expect(() => catalog.exercise('log/read')).toThrow(expect.objectContaining({ code: 'NO_EXERCISE' }));
});

test('the content hash changes with a wrong program, but not with the text of the lesson', async () => {
  const hash = async (changes: Record<string, string> = {}) =>
    (await loadCatalog(await courseFolder(changes))).exercise('log/append').contentHash;
  const before = await hash();
  expect(await hash({ [`${APPEND}/index.mdx`]: `${COURSE[`${APPEND}/index.mdx`]}More.` })).toBe(before);
  expect(await hash({ [`${APPEND}/wrong/nothing.ts`]: '// other' })).not.toBe(before);
});
