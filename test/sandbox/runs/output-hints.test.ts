import { expect, test, vi } from 'vitest';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Language } from '#sandbox/languages/contract/language.ts';
import { typescript } from '#sandbox/languages/typescript/language.ts';
import type { OutputCause } from '#sandbox/protocol/report.ts';
import { followOutput } from '#sandbox/runs/output-hints.ts';
import type { RunRecord } from '#sandbox/runs/run-record.ts';

const EXERCISE = { spec: { topics: { orders: {} }, inputs: {} } } as unknown as Exercise;
const LINE = '{"message":"[Connection] Connection error: connect ECONNREFUSED","broker":"localhost:9092"}\n';

/** Feeds an output in parts; returns what is added to it, what is said of its end, and the most text that was read at once. */
function follow(parts: readonly string[], exitCode = 1) {
  const added: string[] = [];
  const causes: (OutputCause | null)[] = [];
  const run = {
    output: { add: ({ text }: { text: string }) => added.push(text) },
    elapsedMs: 0,
    explains: (cause: OutputCause | null) => causes.push(cause),
  } as unknown as RunRecord;
  const early = vi.fn(typescript.output?.early ?? (() => null));
  const language = { ...typescript, output: { ...typescript.output, early } } as Language;
  const follower = followOutput(run, EXERCISE, language);
  for (const part of parts) follower?.add(part);
  follower?.end({ kind: 'exited', exitCode, durationMs: 1 });
  return { added, causes, read: Math.max(...early.mock.calls.map(([text]) => text.length)) };
}

test('a hint is told once, however the line is cut', () => {
  for (const parts of [[LINE], [...LINE], [LINE, LINE, LINE]]) {
    const { added } = follow(parts);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatch(/^\nHint: Nothing listens at localhost:9092/);
  }
});

test('an output of many small parts is not read from its start for each of them', () => {
  expect(follow(Array.from({ length: 5000 }, () => 'x\n')).read).toBeLessThan(2000);
});

test('a program that ended well gets no error', () => {
  expect(follow(['SyntaxError: Unexpected token in JSON\n'], 0)).toMatchObject({ added: [], causes: [] });
});

test('why a program failed is said of its run, with the line and what to do, and is not added to its output', () => {
  const report = [
    'file:///workspace/main.ts:3',
    "throw new Error('connect ECONNREFUSED 127.0.0.1:9092');",
    '^',
    '',
    'Error: connect ECONNREFUSED 127.0.0.1:9092',
    '    at file:///workspace/main.ts:3:7',
    '',
    'Node.js v24.11.1',
  ].join('\n');
  const { added, causes } = follow([report]);
  expect(causes).toEqual([
    {
      message: 'Error: connect ECONNREFUSED 127.0.0.1:9092',
      place: 'main.ts:3',
      hint: expect.stringContaining('Nothing listens at 127.0.0.1:9092'),
    },
  ]);
  expect(added.join('')).not.toContain('main.ts:3');
});
