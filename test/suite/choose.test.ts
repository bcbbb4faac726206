import { describe, expect, test } from 'vitest';
import { chooseSuites } from './choose.ts';

const named = (...args: string[]) => chooseSuites(args).map(({ name }) => name);

test('without a word all suites run, and what measures the machine last', () => {
  expect(named()).toEqual(['docker', 'lint', 'types', 'site', 'kafka', 'e2e', 'flink', 'unit', 'timed']);
});

test('one can be chosen', () => {
  expect(named('--suite', 'kafka')).toEqual(['kafka']);
});

describe('what cannot be run is refused', () => {
  test('a suite that does not exist, with those that do', () => {
    expect(() => named('--suite', 'kafak')).toThrow(
      /no suite "kafak".* docker, lint, types, site, kafka, e2e, flink, unit, timed$/,
    );
  });

  test.each([[['--suit', 'kafka']], [['kafka']], [['--suite']]])('%j', (args) => {
    expect(() => named(...args)).toThrow();
  });
});
