/**
 * Kills a server with open sandboxes repeatedly, and checks after each restart what the dead server left, and whether its promises hold.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { tenantsOnBroker } from '#sandbox/services/kafka/tenancy/removal.ts';
import { until } from '../../test-server.ts';
import { type ClassServer, startClassServer } from './class-server.ts';
import { type LeftOvers, leftOversOf, removeLeftOvers, totalOf } from './left-overs.ts';

export interface KillOptions {
  kills: number;
  /** Number of learners, each with a program that runs when the server is killed. */
  sandboxes: number;
  home: string;
  /** Called with each kill after its restart was checked. */
  onKill?: (kill: Kill) => void;
}

/** One kill and the restart after it. */
export interface Kill {
  /** What the server had open when it was killed. */
  open: LeftOvers;
  /** What was left when the next one was started. */
  leftAtRestart: LeftOvers;
  /** Time from then until nothing of the dead server was left; null when something still was at the limit. */
  goneAfterMs: number | null;
  /** Number of tenants of the dead server on its broker; the next field counts those on the next broker. */
  tenants: number;
  tenantsLeft: number;
  /** Number of acknowledged drafts that have changed, and of submissions that are unknown. */
  lost: number;
}

export interface KillReport {
  kills: Kill[];
  /** Number of accepted submissions; the next field counts those that finally passed. */
  accepted: number;
  passed: number;
}

const LESSON = 'log/append';
const DRAFT = `/api/drafts/${LESSON}`;
const FOREVER = { 'main.ts': "console.log('up'); setInterval(() => undefined, 1000);\n" };
const GONE_LIMIT_MS = 30_000;
const RUNNING_LIMIT_MS = 180_000;
const GRADED_LIMIT_MS = 300_000;

export async function killServers({ kills, sandboxes, home, onKill }: KillOptions): Promise<KillReport> {
  const docker = await connectEngine();
  const promises: Promises = { drafts: new Map(), accepted: new Map() };
  const report: Kill[] = [];
  let server = await startClassServer({ home, learners: sandboxes });
  try {
    for (let number = 1; number <= kills; number++) {
      const tenants = await use(server, { number, sandboxes, promises });
      const dead = [server.pid];
      const open = await leftOversOf(docker, dead);
      await server.kill();
      const leftAtRestart = await leftOversOf(docker, dead);
      const since = performance.now();
      const gone = until(
        () => leftOversOf(docker, dead),
        (left) => totalOf(left) === 0,
        GONE_LIMIT_MS,
      ).then(
        () => Math.round(performance.now() - since),
        () => null,
      );
      server = await startClassServer({ home, learners: sandboxes });
      const lost = await lostOf(server, promises);
      const tenantsLeft = (await tenantsOf(server)).filter((prefix) => tenants.includes(prefix)).length;
      const kill = { open, leftAtRestart, goneAfterMs: await gone, tenants: tenants.length, tenantsLeft, lost };
      report.push(kill);
      onKill?.(kill);
    }
    return { kills: report, accepted: promises.accepted.size, passed: await passedOf(server, promises) };
  } finally {
    await server.kill();
    // No later server cleans up after the last one.
    await removeLeftOvers(docker, server.pid);
  }
}

/** What servers have acknowledged. */
interface Promises {
  /** By learner. */
  drafts: Map<number, { version: number; text: string }>;
  /** Learner by id of the submission. */
  accepted: Map<string, number>;
}

interface Use extends Pick<KillOptions, 'sandboxes'> {
  /** Number of the next kill. */
  number: number;
  promises: Promises;
}

/** Gives every learner a draft and a running program, and submits for one of them. @returns tenants on the broker */
async function use(server: ClassServer, { number, sandboxes, promises }: Use): Promise<string[]> {
  await server.kafka;
  const learners = Array.from({ length: sandboxes }, (_, learner) => learner);
  await Promise.all(
    learners.map(async (learner) => {
      const api = server.api(learner);
      const text = `// ${learner} before kill ${number}\n`;
      const version = promises.drafts.get(learner)?.version ?? 0;
      const saved = await api('PUT', DRAFT, { body: { files: { 'main.ts': text } }, headers: { 'if-match': `"${version}"` } });
      if (saved.status !== 200) throw new Error(`a draft was not saved: ${JSON.stringify(saved.body)}`);
      promises.drafts.set(learner, { version: saved.body.version, text });
      const { body } = await api('POST', '/api/runs', { body: { lesson: LESSON, files: FOREVER } });
      await until(() => api('GET', `/api/runs/${body.runId}`), hasBegun, RUNNING_LIMIT_MS);
    }),
  );
  const tenants = await tenantsOf(server);
  const learner = number % sandboxes;
  const files = { 'main.ts': `${solution()}\n// ${number}\n` };
  const { body } = await server.api(learner)('POST', '/api/submissions', { body: { lesson: LESSON, files } });
  promises.accepted.set(body.submissionId, learner);
  return tenants;
}

function hasBegun({ body }: { body: { status: string } }): boolean {
  if (body.status === 'error' || body.status === 'finished') throw new Error(`a run ended: ${JSON.stringify(body)}`);
  return body.status === 'running';
}

async function tenantsOf(server: ClassServer): Promise<string[]> {
  await using kafka = connectKafka(await server.kafka);
  return await tenantsOnBroker(kafka);
}

async function lostOf(server: ClassServer, { drafts, accepted }: Promises): Promise<number> {
  let lost = 0;
  for (const [learner, { version, text }] of drafts) {
    const { body } = await server.api(learner)('GET', DRAFT);
    if (body.version !== version || body.files['main.ts'] !== text) lost += 1;
  }
  for (const [id, learner] of accepted)
    if ((await server.api(learner)('GET', `/api/submissions/${id}`)).status !== 200) lost += 1;
  return lost;
}

async function passedOf(server: ClassServer, { accepted }: Promises): Promise<number> {
  let passed = 0;
  for (const [id, learner] of accepted) {
    const read = async () => (await server.api(learner)('GET', `/api/submissions/${id}`)).body;
    const { report } = await until(read, ({ status }) => status === 'finished', GRADED_LIMIT_MS);
    if (report.status === 'pass') passed += 1;
  }
  return passed;
}

const solution = () => readFileSync(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8');
