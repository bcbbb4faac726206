import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '#sandbox/protocol/report.ts';
import { openStore } from '#sandbox/store/store.ts';

/** Opens a separate store with the learners `ada` and `bob`. */
export async function openTestStore() {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-store-'));
  const file = join(dir, 'streamwright.sqlite');
  const store = await openStore(file);
  for (const id of ['ada', 'bob']) await store.learners.ensure({ id, name: id, role: 'learner' }, new Date(0));
  return {
    ...store,
    file,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function reportOf(submissionId: string, overrides: Partial<Report> = {}): Report {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    version: 1,
    submissionId,
    lesson: 'log/append',
    status: 'pass',
    score: 1,
    seed: 7,
    rounds: 2,
    contentHash: 'c',
    graderHash: 'g',
    phases: { queued: at, started: at, ready: at, ran: at, graded: at },
    checks: [{ id: 'stored', title: 'Stored', status: 'pass' }],
    output: { text: '', truncated: false },
    error: null,
    ...overrides,
  };
}
