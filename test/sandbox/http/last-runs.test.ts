import { expect, test } from 'vitest';
import { exited, fakeStack } from '../fake-stack.ts';
import { temporaryHome } from '../temporary-home.ts';
import { startTestServer, until } from '../test-server.ts';

type Api = Awaited<ReturnType<typeof startTestServer>>['api'];

const last = async (api: Api, lesson: string) => (await api('GET', `/api/runs?lesson=${encodeURIComponent(lesson)}`)).body.run;

async function run(api: Api, lesson: string, text: string): Promise<string> {
  const { runId } = (await api('POST', '/api/runs', { body: { lesson, files: { 'main.ts': text } } })).body;
  await until(
    async () => (await api('GET', `/api/runs/${runId}`)).body,
    ({ status }) => status === 'finished',
  );
  return runId;
}

test('the last run of each lesson is kept with its files and output, also after other lessons ran and the server was restarted', async () => {
  const home = temporaryHome();
  const stack = fakeStack(async ({ files }, { onOutput }) => {
    onOutput({ seq: 0, stream: 'stdout', text: `ran ${files['main.ts']}\n`, atMs: 1 });
    return exited;
  });
  const first = await startTestServer({ home, stack });
  expect(await last(first.api, 'log/append')).toBeNull();
  await run(first.api, 'log/append', 'old');
  const runId = await run(first.api, 'log/append', 'new');
  for (let other = 0; other < 12; other++) await run(first.api, 'log/keys', `other ${other}`);
  const wanted = { runId, status: 'finished', result: exited, files: { 'main.ts': 'new' }, output: [{ text: 'ran new\n' }] };
  expect(await last(first.api, 'log/append')).toMatchObject(wanted);
  expect(await last(first.api, 'log/keys')).toMatchObject({ files: { 'main.ts': 'other 11' } });

  await first.close();
  const second = await startTestServer({ home, stack });
  expect(await last(second.api, 'log/append')).toMatchObject(wanted);
  expect(await last(second.api, 'log/keys')).toMatchObject({ files: { 'main.ts': 'other 11' } });
});

test('each of the last runs of a lesson can be read again, also after a restart, and its list tells how it ended', async () => {
  const home = temporaryHome();
  const stack = fakeStack(async ({ files }, { onOutput }) => {
    onOutput({ seq: 0, stream: 'stdout', text: `ran ${files['main.ts']}\n`, atMs: 1 });
    return exited;
  });
  const first = await startTestServer({ home, stack });
  const ids: string[] = [];
  for (let count = 0; count < 13; count++) ids.unshift(await run(first.api, 'log/append', `text ${12 - count}`));
  await first.close();
  const { api } = await startTestServer({ home, stack });
  const { ended } = (await api('GET', '/api/runs?lesson=log%2Fappend')).body;
  expect(ended.map(({ runId }: { runId: string }) => runId)).toEqual(ids.slice(0, 10));
  expect(ended[0]).toMatchObject({ result: exited, seed: expect.any(Number), endedAt: expect.any(String) });
  for (const [place, runId] of ids.slice(0, 10).entries())
    expect((await api('GET', `/api/runs/${runId}`)).body).toMatchObject({
      files: { 'main.ts': `text ${place}` },
      output: [{ text: `ran text ${place}\n` }],
    });
  expect(await api('GET', `/api/runs/${ids[10]}`)).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
});
