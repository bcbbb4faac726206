import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createEventBus } from '#sandbox/http/events/bus.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import { retainedBytes } from '../../retained-bytes.ts';

const KB = 1024;
const sized = (bytes: number): ServerEvent => ({ type: 'run.started', runId: 'x'.repeat(bytes / 2) });
const openBus = (budgetBytes: number) => createEventBus('e', { ringBytes: 64 * KB, budgetBytes });

/** Opens a stream of a learner. Returns what closes it. */
function listen(bus: ReturnType<typeof openBus>, learnerId: string): () => void {
  const stream = new EventEmitter();
  bus.add(learnerId, stream as ServerResponse);
  return () => void stream.emit('close');
}

test('events of all learners take no more than one budget, whether they listen or have left', () => {
  const bus = openBus(512 * KB);
  for (let learner = 0; learner < 100; learner++) {
    if (learner % 3 === 0) listen(bus, `learner ${learner}`);
    for (let event = 0; event < 40; event++) {
      bus.publish(`learner ${learner}`, sized(2 * KB));
      expect(bus.bytes()).toBeLessThanOrEqual(512 * KB);
    }
  }
  expect(bus.bytes()).toBeGreaterThan(256 * KB);
});

test('what is counted is what the process holds', async () => {
  const before = await retainedBytes();
  const bus = openBus(4 * KB * KB);
  for (let learner = 0; learner < 1000; learner++) {
    for (let event = 0; event < 40; event++) bus.publish(`learner ${learner}`, sized(2 * KB));
  }
  const held = (await retainedBytes()) - before;
  // What is dropped would be 80 MB.
  expect(held).toBeLessThan(2 * 4 * KB * KB);
  expect(bus.bytes()).toBeLessThanOrEqual(4 * KB * KB);
});

test('learners who left longest ago lose theirs first, those who listen last', () => {
  const bus = openBus(200 * KB);
  listen(bus, 'there');
  const leave = listen(bus, 'just left');
  for (const learner of ['there', 'just left', 'never there']) bus.publish(learner, sized(40 * KB));
  leave();
  bus.publish('another', sized(40 * KB));
  bus.publish('another', sized(10 * KB));
  const kept = () => ['never there', 'just left', 'there'].filter((learner) => bus.ring(learner).after('e.0')?.length === 1);
  bus.publish('more', sized(40 * KB));
  expect(kept()).toEqual(['just left', 'there']);
});

test('one who listens and loses what is kept gets what comes, and after a gap is told to read again', () => {
  const bus = openBus(60 * KB);
  listen(bus, 'ada');
  const got: number[] = [];
  bus.ring('ada').on('entry', ({ id }) => got.push(id));
  for (let event = 0; event < 5; event++) bus.publish('ada', sized(40 * KB));
  expect(got).toEqual([1, 2, 3, 4, 5]);
  expect(bus.ring('ada').after('e.3')).toBeNull();
  expect(bus.ring('ada').after('e.5')).toEqual([]);
});

test('one who comes back after everything was dropped is told to read again, also when there are new events', () => {
  const bus = openBus(100 * KB);
  for (let event = 0; event < 3; event++) bus.publish('ada', sized(10 * KB));
  bus.publish('bob', sized(60 * KB));
  bus.publish('cy', sized(60 * KB));
  for (let event = 0; event < 5; event++) bus.publish('ada', sized(2 * KB));
  for (const seen of ['e.1', 'e.2']) expect(bus.ring('ada').after(seen), seen).toBeNull();
  const newest = bus.ring('ada').nextId - 1;
  expect(
    bus
      .ring('ada')
      .after(`e.${newest - 2}`)
      ?.map(({ id }) => id),
  ).toEqual([newest - 1, newest]);
});
