/** Group B: what a learner breaks of a run of their own, beside a neighbour who does the same work. */
import { expect, test } from 'vitest';
import { until } from '../../sandbox/test-server.ts';
import { type Attacked, awaitEnd, digest, fixtureText, startProgram } from '../attack.ts';
import type { Name, Product } from '../learners.ts';
import { READING_PROBE } from '../probe-lesson.ts';

/** Of the programs; Ada's is killed long before it would end. */
const WORK_MS = { ada: 50_000, bob: 18_000 };
/** After so many records of a program everything in it works. */
const GOING = 10;

export function breakCases(product: Product): void {
  const start = (as: Name) => startProgram(product, as, fixtureText('ticks', { forMs: WORK_MS[as] }), READING_PROBE);
  const look = async (as: Name, id: string) => digest((await product.api(as)('GET', `/api/runs/${id}`)).body);
  const input = async (as: Name) => (await product.api(as)('GET', '/api/lens/topics/input/records?partition=0')).body.records;
  const breakIt = (as: Name, id: string, kind: string) => product.api(as)('POST', `/api/runs/${id}/breaks`, { body: { kind } });

  test('a poison record, a pause of the broker and a kill meet only who asked for them; a neighbour notices nothing', async () => {
    const [ada, bob] = [await start('ada'), await start('bob')];
    const isGoing = ({ said }: Attacked) => sent(said).length > GOING && reads(said).length > 0;
    await until(() => look('ada', ada), isGoing, 40_000);
    await until(() => look('bob', bob), isGoing, 40_000);
    const inputOfBob = await input('bob');
    expect(inputOfBob.length).toBeGreaterThan(0);

    // Nobody else's run: not one of it, and no trace on it.
    for (const kind of ['kill', 'pause', 'poison', 'late']) {
      const [theirs, nobodys] = await Promise.all([breakIt('ada', bob, kind), breakIt('ada', 'A'.repeat(20), kind)]);
      expect(theirs).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
    }

    const poisoned = await breakIt('ada', ada, 'poison');
    expect(poisoned).toMatchObject({ status: 200, body: { kind: 'poison', record: { topic: 'input', partition: 0 } } });
    await until(
      () => look('ada', ada),
      ({ said }) => reads(said).some(({ read, offset }) => read === 'oops' && offset === poisoned.body.record.offset),
      10_000,
    );

    const paused = await breakIt('ada', ada, 'pause');
    expect(paused).toMatchObject({ status: 200, body: { kind: 'pause', forMs: 8000 } });
    expect(await breakIt('ada', ada, 'pause')).toMatchObject({ status: 409, body: { code: 'NOT_BREAKABLE' } });
    const { said: during } = await until(
      () => look('ada', ada),
      ({ said }) => longestGap(said) > 6000,
      20_000,
    );
    expect(sent(during).length).toBeGreaterThan(GOING);

    expect(await breakIt('ada', ada, 'kill')).toMatchObject({ status: 200, body: { kind: 'kill' } });
    const killed = await awaitEnd(product, 'ada', ada, { probe: READING_PROBE });
    expect(killed.run.result).toMatchObject({ kind: 'exited', exitCode: 137 });
    expect(killed.run.breaks.map(({ kind }) => kind)).toEqual(['poison', 'pause', 'kill']);
    expect(await breakIt('ada', ada, 'kill')).toMatchObject({ status: 409, body: { code: 'NOT_RUNNING' } });

    const { run, said } = await awaitEnd(product, 'bob', bob, { probe: READING_PROBE });
    expect(run).toMatchObject({ result: { kind: 'exited', exitCode: 0 }, breaks: [] });
    expect(await input('bob')).toEqual(inputOfBob);
    expect(reads(said).filter(({ read }) => read === 'oops')).toEqual([]);
    expect(longestGap(said)).toBeLessThan(longestGap(killed.said) / 2);
    // The next program of who paused is held back no longer.
    const next = await startProgram(product, 'ada', fixtureText('neighbour', {}), READING_PROBE);
    expect((await awaitEnd(product, 'ada', next, { probe: READING_PROBE })).said[0]).toEqual({ sent: 20 });
  }, 120_000);
}

type Said = Attacked['said'];
const sent = (said: Said): { sent: number; atMs: number }[] => said.filter((one) => 'sent' in one);
const reads = (said: Said): { read: string; offset: string }[] => said.filter((one) => 'read' in one);

/** Milliseconds between two records of a program. */
function longestGap(said: Said): number {
  const times = sent(said).map(({ atMs }) => atMs);
  return Math.max(0, ...times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs)));
}
