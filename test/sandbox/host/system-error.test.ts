import { expect, test } from 'vitest';
import { PlatformError } from '#sandbox/errors.ts';
import { explainSystemError } from '#sandbox/host/system-error.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: no luck, open '/somewhere'`), { code });

test.each(['EMFILE', 'ENFILE'])('%s is a server that has no files left at the moment, with a time to try again', (code) => {
  expect(explainSystemError(systemError(code))).toMatchObject({
    code: 'SERVER_BUSY',
    status: 503,
    retryAfterSeconds: expect.any(Number),
    hint: expect.stringContaining('again'),
  });
});

test.each(['ENOSPC', 'EDQUOT'])('%s is a full disk', (code) => {
  expect(explainSystemError(systemError(code))).toMatchObject({ code: 'DISK_FULL', status: 507 });
});

test('what caused an error explains it too, however deep', () => {
  const error = new Error('a run failed', { cause: new Error('spawn', { cause: systemError('EMFILE') }) });
  expect(explainSystemError(error)).toMatchObject({ code: 'SERVER_BUSY', cause: error });
});

test('an error that is explained already, and one that is of another kind, are left alone', () => {
  const explained = new PlatformError('RUN_NOT_FOUND', { message: 'm', hint: 'h' }, { cause: systemError('EMFILE') });
  for (const error of [explained, systemError('ENOENT'), new Error('x'), 'EMFILE', null])
    expect(explainSystemError(error)).toBeNull();
});

test('an error that is its own cause ends the search', () => {
  const error = new Error('x');
  error.cause = error;
  expect(explainSystemError(error)).toBeNull();
});
