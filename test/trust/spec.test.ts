import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';

const ROW = /^\| (?<promise>.+) \| (?<process>yes|smoke|-) \| (?<docker>yes|smoke|-) \| `(?<file>[^`]+)` «(?<title>[^»]+)» \|$/;
const read = (file: string) => readFileSync(join(PROJECT_DIR, file), 'utf8');
const rows = read('SPEC.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| promise'));
const promises = rows.flatMap((line) => {
  const groups = ROW.exec(line)?.groups;
  return groups ? [groups] : [];
});

test('every line of SPEC.md names its promise, its providers and its proof', () => {
  expect(rows.filter((line) => !ROW.test(line))).toEqual([]);
  expect(promises.length).toBeGreaterThan(40);
});

test('every test that SPEC.md names exists, in the file that it names', () => {
  const missing = promises.filter(({ file = '', title = '' }) => {
    if (!existsSync(join(PROJECT_DIR, file))) return true;
    const quoted = [`'${title}'`, `\`${title}\``, `"${title}"`];
    return !quoted.some((text) => read(file).includes(text));
  });
  expect(missing.map(({ file, title }) => `${file} «${title}»`)).toEqual([]);
});

describe('every promise is proven where its line says so', () => {
  /** Of each provider, the text of what runs cases on it. */
  const running = Object.fromEntries(
    (['process', 'docker'] as const).map((provider) => [
      provider,
      readdirSync(join(PROJECT_DIR, 'test/trust', provider))
        .map((name) => read(`test/trust/${provider}/${name}`))
        .join('\n'),
    ]),
  );
  // A file of cases is called on a provider; a test file runs by itself.
  const cases = promises.filter(({ file = '' }) => !file.endsWith('.test.ts'));
  const missing = (word: 'yes' | 'smoke', named: (file: string) => string) =>
    cases.flatMap(({ file = '', ...given }) =>
      (['process', 'docker'] as const)
        .filter((provider) => given[provider] === word && !running[provider]?.includes(`/${named(file)}'`))
        .map((provider) => `${named(file)} on ${provider}`),
    );

  test('in full', () => {
    expect(cases.length).toBeGreaterThan(40);
    expect(missing('yes', caseFile)).toEqual([]);
  });

  test('or by an example, and in full on the other provider', () => {
    expect(missing('smoke', (file) => caseFile(file).replace('.ts', '-smoke.ts'))).toEqual([]);
    expect(
      promises.filter(({ process, docker }) => [process, docker].includes('smoke') && ![process, docker].includes('yes')),
    ).toEqual([]);
    expect(
      promises.filter(({ file = '', process, docker }) => [process, docker].includes('smoke') && file.endsWith('.test.ts')),
    ).toEqual([]);
  });
});

/** `cases/sandbox.ts` */
function caseFile(file: string): string {
  return file.split('/').slice(-2).join('/');
}
