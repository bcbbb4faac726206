import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';

const hasPrlimit = findCommand('prlimit', readConfig().path) !== null;

test.skipIf(!hasPrlimit)('a server that may open no more files starts no service and no tool, says so, and goes on', () => {
  const dir = mkdtempSync(join(tmpdir(), 'without-files-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const fixture = join(PROJECT_DIR, 'test/fixtures/process/without-files.ts');
  const said = JSON.parse(execFileSync(process.execPath, [fixture, dir], { encoding: 'utf8' }));
  expect(said).toEqual({ tool: 'EMFILE', service: expect.stringContaining('EMFILE') });
});
