import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installationIn } from '#sandbox/tenancy/installation.ts';
import { isMark } from '#sandbox/tenancy/prefix.ts';

test('an installation keeps the mark of its first start, and another has another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'installation-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = installationIn(join(folder, 'a', 'installation'));
  expect(first.isNew).toBe(true);
  expect(isMark(first.mark)).toBe(true);
  expect(installationIn(join(folder, 'a', 'installation'))).toEqual({ mark: first.mark, isNew: false });
  expect(installationIn(join(folder, 'b', 'installation')).mark).not.toBe(first.mark);
  writeFileSync(join(folder, 'a', 'installation'), 'no mark');
  expect(installationIn(join(folder, 'a', 'installation')).isNew).toBe(true);
});
