import { afterEach, expect, test, vi } from 'vitest';
import { type Api, api } from '../../../site/src/client/api/api.ts';
import { openEvents } from '../../../site/src/client/events.ts';

const TURNED = 'a\u202eb';
const MARKED = 'a⟨U+202E⟩b';
/** What goes into the editor, or is compared with it, is as it was written. */
const AS_WRITTEN: readonly (keyof Api)[] = ['exercise', 'draft', 'putDraft', 'sqlComplete', 'solution', 'askSolution'];

afterEach(() => vi.unstubAllGlobals());

/** Calls a route, whatever it takes, with a server that answers everything with this. */
async function answerOf(name: keyof Api, answer: unknown): Promise<unknown> {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(answer)));
  const call = api[name] as (...args: unknown[]) => Promise<{ ok: boolean; value?: unknown }>;
  return (await call({}, {}, {}, {})).value;
}

test.each(Object.keys(api) as (keyof Api)[])(
  'texts that %s answers are visible, or as written where they are edited',
  async (name) => {
    const answer = { deep: [{ text: TURNED }] };
    expect(await answerOf(name, answer)).toMatchObject({ deep: [{ text: AS_WRITTEN.includes(name) ? TURNED : MARKED }] });
  },
);

test('of a submission, the files are as they were submitted', async () => {
  const answer = { files: { 'main.ts': TURNED }, report: { output: { text: TURNED } } };
  expect(await answerOf('submission', answer)).toEqual({ ...answer, report: { output: { text: MARKED } } });
});

test('the message of an error is visible', async () => {
  const problem = { code: 'X', message: TURNED, hint: TURNED };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(problem), { status: 400 }));
  expect(await api.lensTopics()).toMatchObject({ ok: false, problem: { message: MARKED, hint: MARKED } });
});

test('texts of events are visible', () => {
  const listeners = new Map<string, (event: { data: string }) => void>();
  class Stream {
    addEventListener(type: string, listen: (event: { data: string }) => void) {
      listeners.set(type, listen);
    }
  }
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined });
  const onEvent = vi.fn();
  openEvents({ onEvent, onGap: () => undefined, busy: () => false });
  listeners.get('run.output')?.({ data: JSON.stringify({ runId: 'r', chunks: [{ text: TURNED }] }) });
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ type: 'run.output', chunks: [{ text: MARKED }] }));
  vi.useRealTimers();
});
