/** A page that runs and checks, on a network that can break off anything at any moment, with a server behind it. */
import { vi } from 'vitest';
import type { Report } from '#sandbox/protocol/report.ts';
import { api } from '../../../site/src/client/api/api.ts';
import { reached } from '../../../site/src/client/api/reached.ts';
import { openEvents } from '../../../site/src/client/events.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { createExercise } from '../../../site/src/client/exercise-store.ts';
import { reportOf } from '../../sandbox/store/store-fixture.ts';
import { fakeStorage } from './drafts-fixture.ts';

const PLAN = {
  ...{ lesson: 'log/append', editable: ['main.ts'], readOnly: [], topics: ['orders'], lanes: 1, rounds: 2, next: null },
  ...{ checks: [{ id: 'stored', title: 'Stored' }], hints: ['one', 'two'], diagnoses: {}, language: { shows: 'output' } },
} as unknown as ExercisePlan;

/** What becomes of a request: `lost` never arrives, `unanswered` arrives, `cut` breaks off inside the answer. */
export type Break = 'lost' | 'unanswered' | 'cut';
/** A request, as `POST /api/submissions`. */
export type Breaks = (request: string, count: number) => Break | null;

interface Graded {
  id: string;
  key: string;
  step: number;
}

/** Grades a submission in steps: queued, grading, finished. */
function fakeServer() {
  const submissions: Graded[] = [];
  const runs: { runId: string; status: 'running' | 'finished' }[] = [];
  const progress = { lesson: 'log/append', state: 'started', hintsShown: 0, attempts: 0, passedAt: null, solutionAskedAt: null };
  let listeners: ((type: string, data: object) => void)[] = [];
  const tell = (type: string, data: object) => {
    for (const listen of listeners) listen(type, data);
  };
  const report = (id: string): Report => reportOf(id);
  const toWire = ({ id, step }: Graded) => ({
    ...{ submissionId: id, lesson: 'log/append', position: step === 0 ? 1 : null, awaiting: null, files: {}, checks: [] },
    ...{ submittedAt: '2026-01-01T00:00:00.000Z', status: ['queued', 'grading', 'finished'][step] },
    report: step === 2 ? report(id) : null,
  });
  const runToWire = (run: (typeof runs)[number]) => ({
    ...{ ...run, lesson: 'log/append', seed: 1, output: [], sql: { statements: [], results: [] }, files: {}, awaiting: null },
    ...{ cause: null, error: null },
    result: run.status === 'finished' ? { kind: 'cancelled', durationMs: 5 } : null,
  });
  return {
    submissions,
    runs,
    progress,
    listen(listener: (type: string, data: object) => void) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((one) => one !== listener);
      };
    },
    /** Brings every submission one step further. */
    step() {
      for (const one of submissions.filter(({ step }) => step < 2)) {
        one.step += 1;
        if (one.step === 1) tell('submission.grading', { submissionId: one.id, round: 1 });
        else tell('submission.finished', { submissionId: one.id, report: report(one.id) });
      }
    },
    answer(method: string, path: string, key: string, body?: { shown?: number }): object {
      if (method === 'POST' && path === '/api/submissions') {
        const known = submissions.find((one) => one.key === key);
        const one = known ?? { id: `s${submissions.length + 1}`, key, step: 0 };
        if (!known) submissions.push(one);
        return { submissionId: one.id };
      }
      const found = submissions.find(({ id }) => path === `/api/submissions/${id}`);
      if (found) return toWire(found);
      if (path.startsWith('/api/submissions')) return { submissions: submissions.map(toWire), left: 9, limit: 10, freeAt: null };
      if (method === 'POST' && path === '/api/runs') {
        for (const run of runs) run.status = 'finished';
        runs.push({ runId: `r${runs.length + 1}`, status: 'running' });
        return { runId: runs.at(-1)?.runId };
      }
      const run = runs.find(({ runId }) => path === `/api/runs/${runId}`);
      if (run && method === 'DELETE') run.status = 'finished';
      if (run) return runToWire(run);
      if (path.startsWith('/api/runs')) {
        const newest = runs.at(-1);
        return {
          run: newest ? runToWire(newest) : null,
          ended: runs.filter(({ status }) => status === 'finished').map(runToWire),
        };
      }
      if (path.startsWith('/api/hints')) {
        progress.hintsShown = body?.shown ?? 0;
        return { shown: progress.hintsShown };
      }
      if (path.startsWith('/api/lens')) return { runId: null, topics: [], groups: [] };
      if (path.startsWith('/api/lessons'))
        return { readOnlyFiles: {}, limits: { runMs: 1, checkMs: 1, outputBytes: 1024, changes: 1 } };
      if (path.startsWith('/api/progress')) return { lessons: [progress] };
      return { files: {}, version: 0, savedAt: null };
    },
  };
}

/**
 * Opens a page; all of its time is fake.
 *
 * @param streams `none` never opens a stream, `deaf` opens streams that bring nothing, `cut` breaks the first one off as soon as it
 *   has brought an event
 */
export function checkingPage(breaks: Breaks, streams: 'whole' | 'none' | 'deaf' | 'cut' = 'whole') {
  const server = fakeServer();
  const storage = fakeStorage();
  const counts = new Map<string, number>();
  vi.stubGlobal(
    'fetch',
    async (
      path: string,
      { method = 'GET', headers, body: sent }: { method?: string; headers: Record<string, string>; body?: string },
    ) => {
      const request = `${method} ${path.split('?')[0]?.replace(/\/[rs]\d+$/, '/:id')}`;
      const count = (counts.get(request) ?? 0) + 1;
      counts.set(request, count);
      const broken = breaks(request, count);
      if (broken === 'lost') throw new TypeError('Failed to fetch');
      const body = JSON.stringify(
        server.answer(method, path, headers['idempotency-key'] ?? '', sent === undefined ? undefined : JSON.parse(sent)),
      );
      if (broken === 'unanswered') throw new TypeError('Failed to fetch');
      return { ok: true, status: 200, headers: new Headers(), text: async () => (broken === 'cut' ? body.slice(0, 9) : body) };
    },
  );
  stubStreams(server, streams);

  const open = () => {
    let isOpen = true;
    const exercise = createExercise({
      plan: PLAN,
      starter: { 'main.ts': 'mine' },
      api,
      storage,
      course: () => [],
      now: Date.now,
      later: (ms, run) => {
        const timer = setTimeout(() => isOpen && run(), ms);
        return () => clearTimeout(timer);
      },
      exclusive: (work) => work(),
    });
    reached.add((isReached) => isOpen && exercise.reached(isReached));
    openEvents({
      onEvent: (event) => isOpen && exercise.hear(event),
      onGap: () => isOpen && void exercise.readAgain(),
      busy: exercise.busy,
      onCut: () => isOpen && void exercise.lookForServer(),
    });
    return { exercise, close: () => (isOpen = false) };
  };
  return { server, open };
}

function stubStreams(server: ReturnType<typeof fakeServer>, streams: 'whole' | 'none' | 'deaf' | 'cut'): void {
  let opened = 0;
  class Stream {
    static readonly CLOSED = 2;
    readyState = 0;
    readonly #listeners = new Map<string, (event: { data: string }) => void>();
    #end: () => void;
    constructor() {
      const isFirst = ++opened === 1;
      this.#end = server.listen((type, data) => {
        if (streams === 'none' || streams === 'deaf' || this.readyState !== 1) return;
        if (streams === 'cut' && isFirst) return this.#fail();
        this.#listeners.get(type)?.({ data: JSON.stringify(data) });
      });
      setTimeout(() => {
        if (streams === 'none') return this.#fail();
        this.readyState = 1;
        this.#listeners.get('open')?.({ data: '' });
      }, 5);
    }
    addEventListener(type: string, listen: (event: { data: string }) => void) {
      this.#listeners.set(type, listen);
    }
    close() {
      this.readyState = 2;
      this.#end();
    }
    #fail() {
      this.close();
      this.#listeners.get('error')?.({ data: '' });
    }
  }
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined });
}
