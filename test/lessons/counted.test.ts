import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { counted } from '#lessons/counted.ts';
import { PROJECT, sourceFiles } from '../architecture/imports.ts';

test('one of a kind is named in the singular, any other number in the plural', () => {
  expect([0, 1, 2, 1204].map((count) => counted(count, 'key'))).toEqual(['0 keys', '1 key', '2 keys', '1,204 keys']);
  expect([1, 3].map((count) => counted(count, 'different key'))).toEqual(['1 different key', '3 different keys']);
  expect([1, 3].map((count) => counted(count, 'entry', 'entries'))).toEqual(['1 entry', '3 entries']);
});

/** A number in a text or a tag, and after it a noun that is in the plural whatever the number is. */
const UNCOUNTED =
  /\$?\{[^{}]+\}(?:\{' '\}\s*| )(?:different |new |more |other |earlier )?(?:records|orders|events|rows|rounds|keys|partitions|items|statements|customers|processes|topics|lines|messages|changes|attempts|readings|payments|windows|brokers|jobs|lessons|gradings|programs|seconds|minutes|hours|checks|hints|tries|members|groups|replicas|copies|modules|headers|places|mutants|values|columns|operators|sandboxes|learners|submissions|runs|letters|days)\b(?!=)/g;
/** Numbers that are never one: limits, and a number of which one was said before. */
const NEVER_ONE = /\$\{(?:MAX_\w+|MOST\w*|MOST_STATEMENTS|REPEAT|\w+_MS \/ 1000)\}/;

test('no message of the product counts without this function', () => {
  const found = sourceFiles()
    .filter((file) => /^(lessons|sandbox|site\/src)\//.test(file) && !/\/(wrong|alternates|solution|starter)\//.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(PROJECT, file), 'utf8');
      return [...text.matchAll(UNCOUNTED)].map(([hit]) => `${file}: ${hit}`);
    })
    .filter((hit) => !NEVER_ONE.test(hit));
  expect(found).toEqual([]);
});
