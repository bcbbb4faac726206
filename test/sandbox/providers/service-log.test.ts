import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { ServiceLog } from '#sandbox/providers/service-log.ts';

test.skipIf(process.platform !== 'linux')('a service that prints on a full disk is still heard, and ends nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'service-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'kafka.log');
  symlinkSync('/dev/full', path);
  using log = new ServiceLog(path);
  const output = new PassThrough();
  log.follow(output);
  const heard = log.saw('ready');
  output.write('starting\nready\n');
  await heard;
  expect(log.tail).toBe('starting\nready');
});

test('what a service prints is in its file, line by line', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'service-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  using log = new ServiceLog(join(dir, 'kafka.log'));
  const output = new PassThrough();
  log.follow(output);
  const heard = log.saw('two');
  output.write('one\ntwo\n');
  await heard;
  expect(readFileSync(join(dir, 'kafka.log'), 'utf8')).toBe('one\ntwo\n');
});
