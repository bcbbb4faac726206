import { expect, test } from 'vitest';
import { openLeases } from '#sandbox/leases/leases.ts';
import { pendingStack } from '#sandbox/leases/pending-stack.ts';
import { keepSpares } from '#sandbox/leases/tenant-spares.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { fakeStack } from '../fake-stack.ts';

const IDLE_MS = 1000;

function setUp(count = 2) {
  const fake = fakeStack();
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const stack = pendingStack(Promise.resolve(fake));
  const clock = { now: 0 };
  const spares = keepSpares({ stack, count, onFault });
  const flinks = fakeFlinks();
  const leases = openLeases({ stack, spares, flinks: flinks.pool, idleMs: IDLE_MS, now: () => clock.now, onFault });
  return { flinks, fake, faults, clock, spares, leases };
}

test('two requests of one learner at the same time get one sandbox; another learner gets another', async () => {
  const { leases, fake } = setUp(0);
  const [one, two, other] = await Promise.all([leases.hold('ada'), leases.hold('ada'), leases.hold('bob')]);
  expect(two).toBe(one);
  expect(other.tenant.prefix).not.toBe(one.tenant.prefix);
  expect(fake.openWorkspaces()).toBe(2);
  await leases[Symbol.asyncDispose]();
});

test('a lease is taken from the spares, which are made good', async () => {
  const { leases, spares, fake } = setUp(2);
  await spares.fill();
  const made = [...fake.tenants];
  const lease = await leases.hold('ada');
  expect(made).toContain(lease.tenant.prefix);
  await spares.fill();
  expect(fake.tenants.size).toBe(3);
  await leases[Symbol.asyncDispose]();
});

test('an idle lease is taken away with everything of it; who is there keeps it', async () => {
  const { leases, fake, clock } = setUp(0);
  const ada = await leases.hold('ada');
  const bob = await leases.hold('bob');
  clock.now = IDLE_MS - 1;
  leases.touch('ada');
  clock.now = IDLE_MS;
  await leases.sweep();
  expect([...fake.tenants]).toEqual([ada.tenant.prefix]);
  expect(fake.openWorkspaces()).toBe(1);
  expect(leases.current('bob')).toBeNull();
  expect((await leases.hold('bob')).tenant.prefix).not.toBe(bob.tenant.prefix);
  await leases[Symbol.asyncDispose]();
});

test('a lease in use does not idle out, and counts from the end of its use', async () => {
  const { leases, clock } = setUp(0);
  const lease = await leases.hold('ada');
  const inUse = lease.use();
  clock.now = 10 * IDLE_MS;
  await leases.sweep();
  expect(leases.current('ada')).toBe(lease);
  inUse[Symbol.dispose]();
  await leases.sweep();
  expect(leases.current('ada')).toBe(lease);
  clock.now += IDLE_MS;
  await leases.sweep();
  expect(leases.current('ada')).toBeNull();
  await leases[Symbol.asyncDispose]();
});

test('a caller that gives up does not take the sandbox from the one that waits', async () => {
  const { leases } = setUp(0);
  const hurried = new AbortController();
  const both = [leases.hold('ada', hurried.signal), leases.hold('ada')];
  hurried.abort(new Error('gone'));
  const [first, second] = await Promise.allSettled(both);
  expect(first).toMatchObject({ status: 'rejected' });
  expect(second).toMatchObject({ status: 'fulfilled' });
  await leases[Symbol.asyncDispose]();
});

test('a sandbox that could not be made is tried again by the next request', async () => {
  const { leases, fake } = setUp(0);
  const { create } = fake.tenancy;
  fake.tenancy.create = () => Promise.reject(new Error('not now'));
  await expect(leases.hold('ada')).rejects.toThrow('not now');
  fake.tenancy.create = create;
  await expect(leases.hold('ada')).resolves.toBeDefined();
  await leases[Symbol.asyncDispose]();
});

test('nothing is left when all leases end', async () => {
  const { leases, fake, faults } = setUp(0);
  await Promise.all(['ada', 'bob', 'eve'].map((learner) => leases.hold(learner)));
  await leases[Symbol.asyncDispose]();
  expect(fake.tenants.size).toBe(0);
  expect(fake.openWorkspaces()).toBe(0);
  expect(faults).toEqual([]);
});

test('a lease has a Flink only when it is asked for one, and gives it back when it ends', async () => {
  const { leases, flinks } = setUp(0);
  const lease = await leases.hold('ada');
  await leases.hold('bob');
  expect(flinks.taken()).toBe(0);
  await lease.flink.take();
  expect(flinks.lent.size).toBe(1);
  await leases.release('ada');
  expect(flinks.lent.size).toBe(0);
  await leases[Symbol.asyncDispose]();
});
