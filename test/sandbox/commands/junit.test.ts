import { expect, test } from 'vitest';
import { junitOf } from '#sandbox/commands/junit.ts';
import { fail, pass, report, skipped } from '../proof/report-fixture.ts';

test('JUnit XML counts checks and escapes text', () => {
  const xml = junitOf(report([pass('stored'), fail('ends', 'NEVER_ENDED')]));
  expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0"');
  expect(xml).toContain('name="ends &lt;&quot;&amp;&quot;&gt;"');
  expect(xml).toContain('<failure message="a &amp; b␇" type="NEVER_ENDED">e&#10;q</failure>');
  expect(junitOf(report([skipped('stored')], 'gone'))).toContain('errors="1" skipped="0"');
});

test('of a failed program, JUnit XML has the last lines that it printed', () => {
  const failed = report([fail('ends', 'NEVER_ENDED')]);
  const xml = junitOf({ ...failed, output: { ...failed.output, lastLines: ['one', '<two>'] } });
  expect(xml).toContain('<system-out>one&#10;&lt;two&gt;</system-out>');
  expect(junitOf({ ...report([pass('ends')]), output: { ...failed.output, lastLines: ['one'] } })).not.toContain('system-out');
});
