import { expect, test } from 'vitest';
import { instanceName } from '#sandbox/host/instance-name.ts';
import { isOrphan, Owner } from '#sandbox/providers/docker/labels.ts';

test('an object of a running server is not an orphan, and one of an ended server is', () => {
  expect(isOrphan(new Owner().labels('workspace'))).toBe(false);
  const ended = instanceName().replace(/\d+$/, '1');
  expect(isOrphan({ 'streamwright.instance': ended })).toBe(true);
});

test('an object of others is never an orphan', () => {
  for (const labels of [null, undefined, {}, { 'streamwright.instance': 'x' }, { other: instanceName() }]) {
    expect(isOrphan(labels)).toBe(false);
  }
});

test('an owner recognizes its own objects among those of others', () => {
  const [mine, other] = [new Owner(), new Owner()];
  expect(mine.has(mine.labels('kafka'))).toBe(true);
  expect(mine.has(other.labels('kafka'))).toBe(false);
  expect(mine.has(null)).toBe(false);
});
