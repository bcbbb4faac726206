import { expect, test, vi } from 'vitest';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { Language } from '#sandbox/languages/contract/language.ts';
import { typescript } from '#sandbox/languages/typescript/language.ts';
import { followOutput } from '#sandbox/runs/output-hints.ts';
import type { RunRecord } from '#sandbox/runs/run-record.ts';

const EXERCISE = { spec: { topics: { orders: {} }, inputs: {} } } as unknown as Exercise;
const LINE = '{"message":"[Connection] Connection error: connect ECONNREFUSED","broker":"localhost:9092"}\n';

/** Feeds an output in parts; returns what is added to it, and the most text that was read at once. */
function follow(parts: readonly string[], exitCode = 1) {
  const added: string[] = [];
  const run = { output: { add: ({ text }: { text: string }) => added.push(text) }, elapsedMs: 0 } as unknown as RunRecord;
  const early = vi.fn(typescript.output?.early ?? (() => null));
  const language = { ...typescript, output: { ...typescript.output, early } } as Language;
  const follower = followOutput(run, EXERCISE, language);
  for (const part of parts) follower?.add(part);
  follower?.end({ kind: 'exited', exitCode, durationMs: 1 });
  return { added, read: Math.max(...early.mock.calls.map(([text]) => text.length)) };
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
  expect(follow(['SyntaxError: Unexpected token in JSON\n'], 0).added).toEqual([]);
});
