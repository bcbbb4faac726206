import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IMAGES } from '#sandbox/app/images.ts';
import { runDoctor } from '#sandbox/commands/doctor/doctor.ts';
import { imageVariable, readConfig } from '#sandbox/config.ts';
import { SERVICES } from '#sandbox/services/services.ts';
import { temporaryHome } from '../temporary-home.ts';

test('no two images have the same name or are chosen by the same variable', () => {
  const names = IMAGES.map(({ name }) => name);
  expect(names).toEqual(['workspace', ...SERVICES.map(({ name }) => name)]);
  expect(new Set(names.map(imageVariable)).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))).toEqual([]);
});

test('the doctor has a line for each service, and tells those that are not fetched from those that are', async () => {
  using home = temporaryHome();
  const before = await runDoctor(home.config);
  for (const { title, fetched, fetchedBy } of SERVICES) {
    const { folder, present } = await fetched(home.config.home);
    const found = present ? folder : expect.stringMatching(`not fetched yet.*${fetchedBy.title}`);
    expect(before).toContainEqual(expect.objectContaining({ what: title, found }));
  }
  for (const { fetched } of SERVICES) mkdirSync((await fetched(home.config.home)).folder, { recursive: true });
  const after = await runDoctor(home.config);
  for (const { title, fetched } of SERVICES) {
    const { folder } = await fetched(home.config.home);
    expect(after).toContainEqual({ what: title, status: 'ok', found: folder });
  }
});

test('an image of a service is chosen by a variable of its name, which may not be empty', () => {
  expect(imageVariable('schema-registry')).toBe('STREAMWRIGHT_SCHEMA_REGISTRY_IMAGE');
  expect(readConfig({ STREAMWRIGHT_KAFKA_IMAGE: 'mine:1' }).images).toEqual({ STREAMWRIGHT_KAFKA_IMAGE: 'mine:1' });
  expect(() => readConfig({ STREAMWRIGHT_FLINK_IMAGE: '' })).toThrow('STREAMWRIGHT_FLINK_IMAGE is empty');
});
