import { expect, test } from 'vitest';
import { instanceName } from '#sandbox/host/instance-name.ts';
import { isOrphan, Owner } from '#sandbox/providers/docker/labels.ts';

test('what a running server has made is no orphan, and what one left that has ended is', () => {
  expect(isOrphan(new Owner().labels('workspace'))).toBe(false);
  const ended = instanceName().replace(/\d+$/, '1');
  expect(isOrphan({ 'streamwright.instance': ended })).toBe(true);
});

test('what is not ours is never an orphan', () => {
  for (const labels of [null, undefined, {}, { 'streamwright.instance': 'x' }, { other: instanceName() }]) {
    expect(isOrphan(labels)).toBe(false);
  }
});

test('an owner knows its own things among those of others', () => {
  const [mine, other] = [new Owner(), new Owner()];
  expect(mine.has(mine.labels('kafka'))).toBe(true);
  expect(mine.has(other.labels('kafka'))).toBe(false);
  expect(mine.has(null)).toBe(false);
});
