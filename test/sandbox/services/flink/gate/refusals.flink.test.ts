import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateFixture } from './gate-fixture.ts';
import type { GateSession } from './gate-session.ts';
import { CODE, KINDS, PLANS, SETTINGS } from './refused-statements.ts';
import { CONNECTORS, DISGUISES, OPTIONS } from './refused-tables.ts';

const gate = gateFixture();
let session: GateSession;
const tookMs: number[] = [];
beforeAll(async () => {
  session = await gate.session(await gate.tenant());
});
afterAll(() => {
  const sorted = tookMs.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]?.toFixed(0);
  console.log(`${sorted.length} refusals: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
});

const CASES = {
  'plans in files': PLANS,
  'code from elsewhere': CODE,
  'settings that a learner may not change': SETTINGS,
  'kinds of statements that no lesson needs': KINDS,
  'connectors that are not listed': CONNECTORS,
  'options that are not listed': OPTIONS,
  'disguised forms of what is not listed': DISGUISES,
};

for (const [what, cases] of Object.entries(CASES)) {
  describe(`rejects ${what}`, () => {
    for (const [code, statement, message] of cases) {
      test(`${code}: ${statement}`, async () => {
        const outcome = await session.run(statement);
        expect(outcome, JSON.stringify(outcome)).toMatchObject({
          code,
          ...(message && { message: expect.stringMatching(message) }),
        });
        tookMs.push(outcome.ms);
      });
    }
  });
}

test('the session still answers after all refusals', async () => {
  expect(await session.run('SELECT COUNT(*) FROM gen')).toMatchObject({ code: 'ok' });
});
