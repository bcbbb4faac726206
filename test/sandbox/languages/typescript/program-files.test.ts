import { expect, test } from 'vitest';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { LIMITS } from '#sandbox/config.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import { exerciseViewSchema } from '#sandbox/protocol/lesson.ts';
import { courseFolder } from '../../catalog/lesson-folder.ts';

const exercise = async () => (await loadCatalog(await courseFolder())).exercise('log/append');

test("a workspace holds the learner's file, the starter's other files, cluster.ts and the input", async () => {
  const one = await exercise();
  const files = programFiles(one, { 'main.ts': 'mine' }, drawRound(one.spec, 5));
  expect(Object.keys(files).sort()).toEqual(['cluster.ts', 'driver-events.ts', 'extra.ts', 'main.ts']);
  expect(files['main.ts']).toBe('mine');
  expect(files['driver-events.ts']).toContain('export const driverEvents = [');
});

test("a learner's file replaces no read-only file", async () => {
  const one = await exercise();
  const forged = {
    'main.ts': '',
    'cluster.ts': 'x',
    'driver-events.ts': 'x',
    'extra.ts': 'x',
    'grader.ts': 'x',
    'node_modules/kafkajs/index.js': 'x',
  };
  const files = programFiles(one, forged, drawRound(one.spec, 5));
  expect(Object.keys(files).sort()).toEqual(['cluster.ts', 'driver-events.ts', 'extra.ts', 'main.ts']);
  expect(Object.values(files)).not.toContain('x');
});

test('an input module exports the drawn items', async () => {
  const one = await exercise();
  const round = drawRound(one.spec, 8, 2);
  const text = programFiles(one, {}, round)['driver-events.ts'];
  const module: { driverEvents: unknown } = await import(`data:text/javascript,${encodeURIComponent(text ?? '')}`);
  expect(module.driverEvents).toEqual(round.inputs['driver-events']);
});

test("the cluster's environment names topics in camel case and has the credential that cluster.ts reads", async () => {
  const environment = clusterEnvironment({
    address: { host: 'h', port: 1, socketPath: '/s' },
    tenant: { principal: 'p', password: 'w', prefix: 'u1.' },
    topics: [{ logical: 'driver-events', name: 'u1.3.driver-events', partitions: 3 }],
  });
  expect(JSON.parse(environment.STREAMWRIGHT_CLUSTER ?? '')).toEqual({
    host: 'h',
    port: 1,
    socketPath: '/s',
    principal: 'p',
    password: 'w',
    prefix: 'u1.',
    topics: { driverEvents: { name: 'u1.3.driver-events', partitions: 3 } },
  });
});

test('the editor gets the visible data, but nothing of grader, solution or wrong programs', async () => {
  const one = await exercise();
  const view = exerciseViewSchema.parse(exerciseView(one, LIMITS));
  expect(view.readOnlyFiles['driver-events.ts']).toBe(
    programFiles(one, {}, drawRound(one.spec, VISIBLE_SEED))['driver-events.ts'],
  );
  expect(Object.keys({ ...view.files, ...view.readOnlyFiles }).sort()).toEqual([
    'cluster.ts',
    'driver-events.ts',
    'extra.ts',
    'main.ts',
  ]);
  expect(view).toMatchObject({
    title: 'Append',
    topics: ['driver-events'],
    checks: [{ id: 'stored', title: 'Everything is stored' }],
  });
});
