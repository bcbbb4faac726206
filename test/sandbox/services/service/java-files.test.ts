import { expect, test } from 'vitest';
import { argumentsFile } from '#sandbox/host/jvm.ts';
import { classPath, properties } from '#sandbox/services/service/java-files.ts';

test('a value of a property is read back by Java as it was, whatever letters it has', () => {
  const text = properties({ a: 'C:\\x', b: ' übung', c: '日😀', d: 'two\nlines', e: 'k="v"; #!=', f: 1 });
  expect(text.split('\n')).toEqual([
    'a=C:\\\\x',
    'b=\\ \\u00fcbung',
    'c=\\u65e5\\ud83d\\ude00',
    'd=two\\u000alines',
    'e=k="v"; #!=',
    'f=1',
    '',
  ]);
});

test('an argument is one argument, with quotes, spaces and backslashes in it', () => {
  expect(argumentsFile(['-Da=b c', 'say "hi"', 'a\\b', 'x\ny'])).toBe('"-Da=b c"\n"say \\"hi\\""\n"a\\\\b"\n"x\\ny"\n');
});

test('a class path has no syntax from the names of folders above', () => {
  const home = '/home/a:b, übung *';
  expect(classPath(`${home}/run/kafka`, [`${home}/artifacts/gate`, `${home}/artifacts/kafka-1/*`])).toBe(
    '../../artifacts/gate:../../artifacts/kafka-1/*',
  );
  expect(classPath('/data', ['/opt/kafka/*'])).toBe('/opt/kafka/*');
});
