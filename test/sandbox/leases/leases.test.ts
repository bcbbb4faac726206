import { describe, expect, test } from 'vitest';
import { type LeaseOptions, openLeases } from '#sandbox/leases/leases.ts';
import { keepSpares } from '#sandbox/leases/tenant-spares.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { fakeStack } from '../fake-stack.ts';
import { noDedicated } from '../no-dedicated.ts';
import { until } from '../test-server.ts';
import { roomFor, workspacePool } from './workspace-fixture.ts';

const IDLE_MS = 1000;

async function setUp(count = 2, room = 100, options: Partial<LeaseOptions> = {}) {
  const fake = fakeStack(undefined, { workspaceMemoryMb: 100 });
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const { stack, pool } = await workspacePool({ fake, freeMb: roomFor(room, fake), onFault });
  const clock = { now: 0 };
  const spares = keepSpares({ stack, count, onFault });
  const flinks = fakeFlinks();
  const leases = openLeases({
    ...{ stack, spares, workspaces: pool, flinks: flinks.pool, dedicated: noDedicated, onFault },
    ...{ idleMs: IDLE_MS, now: () => clock.now, onFlinkGiven: () => undefined },
    ...options,
  });
  const holdWorkspace = async (learnerId: string) => {
    const lease = await leases.hold(learnerId);
    await lease.workspace.take();
    return lease;
  };
  return { flinks, fake, faults, clock, spares, leases, holdWorkspace };
}

test('two requests of one learner at the same time get one sandbox; another learner gets another', async () => {
  const { leases, fake } = await setUp(0);
  const [one, two, other] = await Promise.all([leases.hold('ada'), leases.hold('ada'), leases.hold('bob')]);
  expect(two).toBe(one);
  expect(other.tenant.prefix).not.toBe(one.tenant.prefix);
  await Promise.all([one.workspace.take(), two.workspace.take(), other.workspace.take()]);
  expect(fake.openWorkspaces()).toBe(2);
  await leases[Symbol.asyncDispose]();
});

test('a lease is taken from the spares, which are replaced', async () => {
  const { leases, spares, fake } = await setUp(2);
  await spares.fill();
  const made = [...fake.tenants];
  const lease = await leases.hold('ada');
  expect(made).toContain(lease.tenant.prefix);
  await spares.fill();
  expect(fake.tenants.size).toBe(3);
  await leases[Symbol.asyncDispose]();
});

test('an idle lease is removed with everything in it; an active learner keeps theirs', async () => {
  const { leases, fake, clock, holdWorkspace } = await setUp(0);
  const ada = await holdWorkspace('ada');
  const bob = await holdWorkspace('bob');
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
  const { leases, clock } = await setUp(0);
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
  const { leases } = await setUp(0);
  const hurried = new AbortController();
  const both = [leases.hold('ada', hurried.signal), leases.hold('ada')];
  hurried.abort(new Error('gone'));
  const [first, second] = await Promise.allSettled(both);
  expect(first).toMatchObject({ status: 'rejected' });
  expect(second).toMatchObject({ status: 'fulfilled' });
  await leases[Symbol.asyncDispose]();
});

test('the next request tries again to make a sandbox that could not be made', async () => {
  const { leases, fake } = await setUp(0);
  const { create } = fake.tenancy;
  fake.tenancy.create = () => Promise.reject(new Error('not now'));
  await expect(leases.hold('ada')).rejects.toThrow('not now');
  fake.tenancy.create = create;
  await expect(leases.hold('ada')).resolves.toBeDefined();
  await leases[Symbol.asyncDispose]();
});

test('nothing is left when all leases end', async () => {
  const { leases, fake, faults, holdWorkspace } = await setUp(0);
  await Promise.all(['ada', 'bob', 'eve'].map(holdWorkspace));
  await leases[Symbol.asyncDispose]();
  expect(fake.tenants.size).toBe(0);
  expect(fake.openWorkspaces()).toBe(0);
  expect(faults).toEqual([]);
});

test('a lease has a Flink and a workspace only when it is asked for one, and gives them back when it ends', async () => {
  const { leases, flinks, fake } = await setUp(0);
  const lease = await leases.hold('ada');
  await leases.hold('bob');
  expect([flinks.taken(), fake.openWorkspaces()]).toEqual([0, 0]);
  await lease.flink.take();
  await lease.workspace.take();
  expect([flinks.lent.size, fake.openWorkspaces()]).toEqual([1, 1]);
  await leases.release('ada');
  expect(fake.openWorkspaces()).toBe(0);
  expect(flinks.lent.size).toBe(0);
  await leases[Symbol.asyncDispose]();
});

test('a broken workspace is replaced when it is next needed, and the learner keeps the tenant', async () => {
  const { leases, fake, holdWorkspace } = await setUp(0);
  const lease = await holdWorkspace('ada');
  const { prefix } = lease.tenant;
  fake.stopEngine();
  fake.startEngine();
  expect(lease.workspace.current()).toBeNull();
  const again = await leases.hold('ada');
  expect((await again.workspace.take()).broken()).toBe(false);
  expect(again.tenant.prefix).toBe(prefix);
  await until(
    () => fake.openWorkspaces(),
    (open) => open === 1,
  );
  await leases[Symbol.asyncDispose]();
});

test('when there is no room, the learner who was away for longest gives up the workspace, keeps the tenant, and gets a new one later', async () => {
  const { leases, fake, clock, holdWorkspace } = await setUp(0, 2);
  const ada = await holdWorkspace('ada');
  clock.now = 1;
  const bob = await holdWorkspace('bob');
  const inUse = ada.use();
  await holdWorkspace('eve');
  expect(bob.workspace.current()).toBeNull(); // ada was away for longer, but runs something
  inUse[Symbol.dispose]();
  await leases.release('eve');
  await expect(bob.workspace.take()).resolves.toBeDefined();
  expect(fake.openWorkspaces()).toBe(2);
  expect(fake.tenants).toContain(bob.tenant.prefix);
  await leases[Symbol.asyncDispose]();
});

test('while the engine is away a learner is told so immediately, and once it is back no longer', async () => {
  const { leases, fake, holdWorkspace } = await setUp(0);
  await holdWorkspace('ada');
  leases.checkOpening('bob');
  fake.stopEngine();
  const refusal = (learnerId: string) => {
    try {
      leases.checkOpening(learnerId);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  await until(
    () => [refusal('ada'), refusal('bob')],
    (said) => said.every((text) => text.includes('engine does not answer')),
  );
  fake.startEngine();
  await until(
    () => refusal('bob'),
    (said) => said === '',
  );
  await leases[Symbol.asyncDispose]();
});

describe('a Flink in which nothing runs', () => {
  const FLINK_IDLE_MS = 60_000;

  async function twoWithFlink() {
    const given: string[] = [];
    const set = await setUp(0, 100, { onFlinkGiven: (learnerId) => given.push(learnerId), idleMs: 30 * FLINK_IDLE_MS });
    const [ada, bob] = [await set.leases.hold('ada'), await set.leases.hold('bob')];
    await ada.flink.take();
    set.clock.now = 1;
    await bob.flink.take();
    using _ran = bob.use();
    return { ...set, ada, bob, given };
  }

  test('is given back after a minute when somebody waits: that of who ran last longest ago first, and the next run gets another', async () => {
    const { leases, flinks, clock, ada, bob, given } = await twoWithFlink();
    flinks.setWaiting(1);
    clock.now = FLINK_IDLE_MS - 1;
    await leases.sweep();
    expect(flinks.lent.size).toBe(2);
    clock.now = FLINK_IDLE_MS + 1;
    leases.touch('ada'); // she reads the page
    await leases.sweep();
    expect([ada.flink.current(), given, flinks.lent.size]).toEqual([null, ['ada'], 1]);
    expect(bob.flink.current()).not.toBeNull();
    expect((await ada.flink.take()).broken()).toBe(false);
    await leases[Symbol.asyncDispose]();
  });

  test('is kept while nobody waits', async () => {
    const { leases, flinks, clock, given } = await twoWithFlink();
    clock.now = 20 * FLINK_IDLE_MS;
    await leases.sweep();
    expect([given, flinks.lent.size]).toEqual([[], 2]);
    await leases[Symbol.asyncDispose]();
  });

  test('is kept while something runs in it, and a minute longer', async () => {
    const { leases, flinks, clock, ada, bob, given } = await twoWithFlink();
    flinks.setWaiting(2);
    const running = [ada.use(), bob.use()];
    clock.now = 10 * FLINK_IDLE_MS;
    await leases.sweep();
    expect(given).toEqual([]);
    for (const one of running) one[Symbol.dispose]();
    await leases.sweep();
    expect(given).toEqual([]);
    clock.now += FLINK_IDLE_MS;
    await leases.sweep();
    expect(given).toEqual(['ada', 'bob']);
    await leases[Symbol.asyncDispose]();
  });
});
