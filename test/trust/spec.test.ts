import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';

const ROW = /^\| (?<promise>.+) \| (?<process>yes|no|-) \| (?<docker>yes|no|-) \| `(?<file>[^`]+)` «(?<title>[^»]+)» \|$/;
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

test('the cases of every promise run on each provider that it is given for', () => {
  const running = (provider: string) =>
    readdirSync(join(PROJECT_DIR, 'test/trust', provider))
      .map((name) => read(`test/trust/${provider}/${name}`))
      .join('\n');
  const texts = { process: running('process'), docker: running('docker') };
  const isRun = (provider: 'process' | 'docker', file: string) =>
    !file.startsWith('test/trust/cases/') || texts[provider].includes(`/cases/${basename(file)}'`);
  const notRun = promises.flatMap(({ file = '', ...given }) =>
    (['process', 'docker'] as const)
      .filter((provider) => given[provider] === 'yes' && !isRun(provider, file))
      .map((one) => `${file} on ${one}`),
  );
  expect(notRun).toEqual([]);
});
