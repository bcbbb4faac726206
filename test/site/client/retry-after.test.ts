import { afterEach, expect, test, vi } from 'vitest';
import { api } from '../../../site/src/client/api/api.ts';

afterEach(() => vi.unstubAllGlobals());

async function problemOf(retryAfter: string | undefined) {
  const body = JSON.stringify({ code: 'STORE_BUSY', message: 'm', hint: 'h', requestId: 'r' });
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  vi.stubGlobal('fetch', async () => new Response(body, { status: 503, headers }));
  const outcome = await api.putDraft('log/append', {}, 0);
  return outcome.ok ? null : outcome.problem;
}

test('a refusal says after how many milliseconds to try again', async () => {
  expect(await problemOf('3')).toMatchObject({ code: 'STORE_BUSY', retryAfterMs: 3000 });
});

test.each([undefined, '', 'soon', '-1', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
  'without a number of seconds (%s) it says nothing',
  async (header) => {
    expect((await problemOf(header))?.retryAfterMs).toBeUndefined();
  },
);
