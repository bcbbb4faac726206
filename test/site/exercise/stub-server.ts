/**
 * The built site with a server that plays a script instead of running programs: what the page shows can be tested state by state, at once
 * and without a broker. The program's text picks the script.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { exerciseView } from '#sandbox/catalog/exercise-view.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readProgram } from '#sandbox/catalog/read-program.ts';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import type { BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Health } from '#sandbox/protocol/health.ts';
import type { LensHistory, LensJob, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { Run, RunSummary } from '#sandbox/protocol/run.ts';
import type { Progress, Submission } from '#sandbox/protocol/submission.ts';
import { playFlinkRun } from './flink-script.ts';
import { playRun, playSubmission } from './script.ts';
import { checkOf, completionsOf, playSqlRun, sqlVariant } from './sql-script.ts';

export interface StubState {
  drafts: Map<string, Draft>;
  runs: Map<string, Run>;
  submissions: Submission[];
  lens: { runId: string | null; topics: LensTopic[]; records: Map<string, LensRecord[]>; groups: object[] };
  jobs: LensJob[];
  /** What the server kept of groups and jobs. */
  history: Pick<LensHistory, 'groups' | 'jobs'>;
  /** Answers to `POST /api/sandbox`. */
  sandboxes: number;
  /** Hints shown, by lesson. */
  hints: Map<string, number>;
  /** No report is told before. */
  mayReport: Promise<void>;
  /** Called by `DELETE /api/runs/:id`. */
  stops: Map<string, () => void>;
  /** Called by `POST /api/runs/:id/breaks`. */
  breaks: Map<string, (request: BreakRequest) => RunBreak>;
  /** Checks of a lesson in its own words. */
  checksOf: (lesson: string) => { id: string; title: string }[];
  send: (event: ServerEvent) => void;
}

export interface StubServer extends AsyncDisposable {
  url: string;
  state: StubState;
  /** While true every API call is answered by breaking the connection off. */
  down: boolean;
  /** While false the event stream is refused. */
  streams: boolean;
  /** Ends the open event streams, as a proxy does. */
  cutStreams: () => void;
}

const POOL = { lent: 0, spare: 0, starting: 0, waiting: 0, raised: 0, cap: null };
const HEALTH: Health = {
  status: 'ok',
  provider: 'process',
  isolation: 'full',
  weaknesses: [],
  services: { kafka: 'ready', flink: 'ready' },
  nextStarts: {},
  reason: null,
  pools: { workspaces: POOL, flinks: POOL },
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
};

export async function startStubServer(siteDir: string): Promise<StubServer> {
  const catalog = await loadCatalog(join(PROJECT_DIR, 'lessons'));
  const { contentSecurityPolicy } = JSON.parse(await readFile(join(siteDir, 'headers.json'), 'utf8'));
  const streams = new Set<ServerResponse>();
  let ids = 0;
  const state: StubState = {
    drafts: new Map(),
    runs: new Map(),
    submissions: [],
    lens: { runId: null, topics: [], records: new Map(), groups: [] },
    jobs: [],
    history: { groups: [], jobs: [] },
    sandboxes: 0,
    hints: new Map(),
    mayReport: Promise.resolve(),
    stops: new Map(),
    breaks: new Map(),
    checksOf: (lesson) => exerciseView(catalog.exercise(lesson), LIMITS).checks,
    send: ({ type, ...data }) => {
      if (type === 'lens.groups' && 'groups' in data) state.history.groups.push({ atMs: data.atMs, groups: data.groups });
      if (type === 'lens.jobs' && 'jobs' in data) state.history.jobs.push({ atMs: data.atMs, jobs: data.jobs });
      for (const stream of streams) stream.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://stub');
    const [, , resource, ...rest] = url.pathname.split('/');
    const id = rest.join('/');
    const body = request.method === 'GET' || request.method === 'DELETE' ? null : JSON.parse((await readBody(request)) || '{}');
    const send = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const missing = (code: string) =>
      send(404, { code, message: 'There is no such thing.', hint: 'Look again.', requestId: 'r1' });
    switch (`${request.method} ${resource}`) {
      case 'GET health':
        return send(200, HEALTH);
      case 'GET me':
        return send(200, { learner: { id: 'local', name: 'local', role: 'learner' }, mode: 'local' });
      case 'GET progress':
        return send(200, { lessons: progressOf(state) });
      case 'PUT hints':
        state.hints.set(id, body.shown);
        return send(200, { shown: body.shown });
      case 'GET solutions':
      case 'POST solutions':
        return send(200, { files: await solutionOf(catalog.exercise(id)), askedAt: null });
      case 'GET lessons':
        return send(200, exerciseView(catalog.exercise(id), LIMITS));
      case 'POST sandbox':
        state.sandboxes++;
        return send(202, { state: 'ready' });
      case 'GET drafts':
        return send(200, state.drafts.get(id) ?? { files: {}, version: 0, savedAt: null });
      case 'PUT drafts': {
        const stored = state.drafts.get(id) ?? { files: {}, version: 0, savedAt: null };
        if (request.headers['if-match'] !== `"${stored.version}"`) {
          return send(409, { code: 'DRAFT_CONFLICT', message: 'Newer.', hint: 'Choose.', requestId: 'r2', details: stored });
        }
        const draft = { files: body.files, version: stored.version + 1, savedAt: new Date().toISOString() };
        state.drafts.set(id, draft);
        return send(200, draft);
      }
      case 'POST runs': {
        if (rest[1] === 'breaks') return send(200, state.breaks.get(rest[0] ?? '')?.(body));
        const runId = `run${++ids}abcdef`;
        if (body.lesson.startsWith('flink-sql/')) {
          const play = sqlVariant(body.files['main.sql']) ? playSqlRun : playFlinkRun;
          void play(state, { runId, lesson: body.lesson, text: body.files['main.sql'] });
          return send(202, { runId });
        }
        void playRun(state, { runId, lesson: body.lesson, text: body.files['main.ts'] });
        return send(202, { runId });
      }
      case 'POST sql': {
        const text = body.files['main.sql'];
        return send(200, id === 'check' ? checkOf(text) : completionsOf(text, body.line));
      }
      case 'GET runs':
        if (id === '') {
          const ofLesson = [...state.runs.values()].filter(({ lesson }) => lesson === url.searchParams.get('lesson'));
          return send(200, { run: ofLesson.at(-1) ?? null, ended: endedRuns(ofLesson) });
        }
        return state.runs.has(id) ? send(200, state.runs.get(id)) : missing('RUN_NOT_FOUND');
      case 'DELETE runs':
        state.stops.get(id)?.();
        return send(200, {});
      case 'POST submissions': {
        const submissionId = `submission${++ids}`;
        void playSubmission(state, { submissionId, lesson: body.lesson, files: body.files });
        return send(202, { submissionId });
      }
      case 'GET submissions': {
        if (id === '') {
          const submissions = state.submissions
            .filter(({ lesson }) => lesson === url.searchParams.get('lesson'))
            .map(({ submissionId, lesson, status, submittedAt, report }) => ({
              ...{ submissionId, lesson, status, submittedAt },
              result: report?.status ?? null,
              score: report?.score ?? null,
            }));
          return send(200, { submissions, left: 10 - submissions.length, limit: 10, freeAt: null });
        }
        const submission = state.submissions.find(({ submissionId }) => submissionId === id);
        return submission ? send(200, submission) : missing('SUBMISSION_NOT_FOUND');
      }
      case 'GET lens': {
        if (id === 'topics') return send(200, { runId: state.lens.runId, topics: state.lens.topics });
        if (id === 'groups') return send(200, { groups: state.lens.groups });
        if (id === 'history') return send(200, { runId: state.lens.runId, ...state.history });
        if (id === 'jobs') return send(200, { jobs: state.jobs });
        const [, topic = ''] = rest;
        const from = Number(url.searchParams.get('offset'));
        const inPartition = (state.lens.records.get(topic) ?? []).filter(
          ({ partition, offset }) => partition === Number(url.searchParams.get('partition')) && Number(offset) >= from,
        );
        return send(200, { topic, records: inPartition.slice(0, 500) });
      }
      case 'GET events':
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
        response.write('retry: 200\n: open\n\n');
        streams.add(response);
        response.on('close', () => streams.delete(response));
        return;
      default:
        return missing('NOT_FOUND');
    }
  }

  const stub: Omit<StubServer, 'url'> = {
    state,
    down: false,
    streams: true,
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (!path.startsWith('/api/')) return void sendFile(siteDir, path, { request, response, contentSecurityPolicy });
    if (stub.down) return void request.socket.destroy();
    if (!stub.streams && path.startsWith('/api/events')) return void response.writeHead(503).end();
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub server has no port');
  return Object.assign(stub, { url: `http://127.0.0.1:${address.port}` });
}

function endedRuns(runs: readonly Run[]): RunSummary[] {
  const ended = runs.filter(({ status }) => status === 'finished' || status === 'error').toReversed();
  return ended.map(({ runId, seed, result, error }) => ({ runId, seed, result, error, endedAt: new Date().toISOString() }));
}

/** One lesson, that of the page. */
function progressOf({ submissions, hints }: StubState): Progress['lessons'] {
  const [newest] = submissions;
  if (!newest) return [];
  const { lesson } = newest;
  const judged = submissions.flatMap(({ report }) => (report && report.status !== 'error' ? [report] : []));
  const passedAt = judged.findLast(({ status }) => status === 'pass')?.phases.graded ?? null;
  const state = passedAt === null ? 'started' : 'passed';
  const hintsShown = hints.get(lesson) ?? 0;
  const startedAt = submissions.at(-1)?.submittedAt ?? null;
  return [{ lesson, state, startedAt, bestScore: null, attempts: judged.length, passedAt, hintsShown, solutionAskedAt: null }];
}

async function solutionOf(exercise: Exercise): Promise<Record<string, string>> {
  return (await readProgram(join(exercise.dir, 'solution'), exercise)) ?? {};
}

type Sending = { request: IncomingMessage; response: ServerResponse; contentSecurityPolicy: string };

async function sendFile(siteDir: string, url: string, { request, response, contentSecurityPolicy }: Sending) {
  const path = new URL(url, 'http://stub').pathname;
  const file = join(siteDir, path.endsWith('/') ? `${path}index.html` : path);
  const br = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? await readFile(`${file}.br`).catch(() => null) : null;
  const bytes = br ?? (await readFile(file).catch(() => null));
  if (!bytes) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(br ? { 'content-encoding': 'br' } : {}),
  });
  return response.end(bytes);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
