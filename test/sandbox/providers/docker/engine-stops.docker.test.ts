import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { startOwnEngine } from '../../../suite/own-engine.ts';
import { temporaryHome } from '../../temporary-home.ts';
import { until } from '../../test-server.ts';
import { startClassServer } from './class-server.ts';
import { copyImages } from './copy-images.ts';

/** Range for networks, different from that of the engine of the other tests. */
const SUBNETS = '10.202.0.0/16';
const LESSON = 'log/append';
const canStart = process.getuid?.() === 0 && findCommand('dockerd', process.env.PATH ?? '') !== null;
const temporary = temporaryHome();
afterAll(() => temporary[Symbol.dispose]());

const hello = { lesson: LESSON, files: { 'main.ts': "console.log('hello');\n" } };
const solution = readFileSync(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8');

test.skipIf(!canStart)(
  'while the engine is away a run is refused within a second with the reason and drafts are kept; when it is back everything works again, and submissions are graded (needs root and dockerd)',
  async () => {
    await using engine = await startOwnEngine(temporary.config);
    const images = await copyImages(engine.host);
    const env = { ...images, DOCKER_HOST: engine.host, STREAMWRIGHT_SUBNETS: SUBNETS };
    await using server = await startClassServer({ home: temporary.config.home, learners: 1, env });
    await server.kafka;
    const api = server.api(0);
    const health = async () => (await api('GET', '/api/health')).body;
    const runToEnd = async () => {
      const { body } = await api('POST', '/api/runs', { body: hello });
      const read = async () => (await api('GET', `/api/runs/${body.runId}`)).body;
      return until(read, ({ status }) => status === 'finished' || status === 'error', 60_000);
    };
    expect(await runToEnd()).toMatchObject({ result: { kind: 'exited', exitCode: 0 } });

    await engine.stop();
    const { status } = await until(health, ({ reason }) => reason?.code === 'engine-silent', 60_000);
    expect(status).toBe('degraded');
    const times: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const asked = performance.now();
      expect(await api('POST', '/api/runs', { body: hello })).toMatchObject({
        status: 503,
        body: { code: 'SERVICE_NOT_READY', message: expect.stringContaining('engine does not answer') },
      });
      times.push(performance.now() - asked);
    }
    // Any one of them may meet other work of the machine.
    expect(Math.min(...times)).toBeLessThan(1000);
    const draft = { body: { files: hello.files }, headers: { 'if-match': '"0"' } };
    expect((await api('PUT', `/api/drafts/${LESSON}`, draft)).status).toBe(200);
    const handedIn = await api('POST', '/api/submissions', { body: { lesson: LESSON, files: { 'main.ts': solution } } });
    expect(handedIn.status).toBe(202);

    await engine.start();
    await until(health, ({ status }) => status === 'ok', 120_000);
    expect(await runToEnd()).toMatchObject({ result: { kind: 'exited', exitCode: 0 } });
    const read = async () => (await api('GET', `/api/submissions/${handedIn.body.submissionId}`)).body;
    const { report } = await until(read, ({ status }) => status === 'finished', 60_000);
    expect(report.status).toBe('pass');
  },
  300_000,
);
