import { expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';

test.each(['/home/wow!', '/home/wow!/clone/.streamwright', '/home/\u{1f600}/x'])(
  'rejects a home whose jars Java cannot read: %s',
  (home) => {
    expect(() => readConfig({ STREAMWRIGHT_HOME: home })).toThrow(/Hint: rename that folder, or set STREAMWRIGHT_HOME/);
  },
);

test.each(['/home/!wow', '/home/übung 日本', "/home/it's, a:b #1"])('accepts a home named %s', (home) => {
  expect(readConfig({ STREAMWRIGHT_HOME: home }).home).toBe(home);
});

test('tools read paths in UTF-8, whatever the encoding of the user is', () => {
  expect(readConfig({ LANG: 'C', LC_ALL: 'POSIX', HTTPS_PROXY: 'http://x' }).toolEnvironment).toEqual({
    LANG: 'C',
    LC_ALL: 'C.UTF-8',
    HTTPS_PROXY: 'http://x',
  });
});
