import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, sourceFiles } from './imports.ts';

/** Writes that go on while the server runs: one that meets a full disk there has no caller who is told. */
const WRITES = /\b(createWriteStream|appendFile|appendFileSync|writeSync)\(/;
const ALLOWED = 'sandbox/host/append-file.ts';

test('no write that nobody waits for can end the server: all of them go through one file', () => {
  const found = sourceFiles()
    .filter((file) => file.startsWith('sandbox/'))
    .filter((file) =>
      readFileSync(join(PROJECT, file), 'utf8')
        .split('\n')
        // A pipeline tells its caller of every error.
        .some((line) => WRITES.test(line) && !line.includes('pipeline(')),
    );
  expect(found).toEqual([ALLOWED]);
});
