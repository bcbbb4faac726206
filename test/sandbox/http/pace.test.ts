import { expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { temporaryHome } from '../temporary-home.ts';
import { startTestServer, type TestServerOptions } from '../test-server.ts';

const files = { 'main.ts': 'x' };
const CALLS = {
  runs: ['POST', '/api/runs', { lesson: 'log/append', files }],
  checks: ['POST', '/api/submissions', { lesson: 'log/append', files }],
  saves: ['PUT', '/api/drafts/log/append', { files }],
} as const;

/** The limit of ten minutes is another one. */
const MANY = { count: 1000, windowMs: 60_000 };

async function startPaced(options: TestServerOptions = {}) {
  const home = temporaryHome();
  return startTestServer({ ...options, home: { ...home, config: { ...home.config, limits: { ...LIMITS, submissions: MANY } } } });
}

test.each(['runs', 'checks', 'saves'] as const)(
  '%s beyond what a person does are refused with when to go on, others are not',
  async (what) => {
    const { api } = await startPaced();
    const { count } = LIMITS.pace[what];
    const [method, path, body] = CALLS[what];
    const call = () => api(method, path, { body, headers: { 'if-match': '"0"' } });
    const answers = await Promise.all(Array.from({ length: 200 }, call));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBe(count);
    const [first] = refused;
    expect(first?.body).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringContaining(what),
      hint: expect.any(String),
    });
    const retryAfter = Number(first?.headers['retry-after']);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter * 1000).toBeLessThanOrEqual(LIMITS.pace[what].windowMs + 1000);
    const others = Object.entries(CALLS).filter(([name]) => name !== what);
    for (const [, [otherMethod, otherPath, otherBody]] of others)
      expect((await api(otherMethod, otherPath, { body: otherBody, headers: { 'if-match': '"0"' } })).status).toBeLessThan(300);
  },
);

test('each learner has a pace of their own', async () => {
  const { api } = await startPaced({
    identify: ({ who = 'ada' }) => ({ id: who, name: who, role: 'learner' }),
  });
  const [method, path, body] = CALLS.runs;
  const statusFor = async (who: string) => (await api(method, path, { body, headers: { cookie: `who=${who}` } })).status;
  const fast = await Promise.all(Array.from({ length: LIMITS.pace.runs.count + 1 }, () => statusFor('ada')));
  expect(fast.filter((status) => status === 429)).toHaveLength(1);
  expect(await statusFor('bob')).toBe(202);
});

test('typing without a pause in two tabs stays below what is taken', () => {
  const { count, windowMs } = LIMITS.pace.saves;
  const SAVE_MS = 700; // of save-timer.ts
  expect(count).toBeGreaterThan((2 * windowMs) / SAVE_MS);
});
