import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { type GradeOptions, gradeSubmission } from '#sandbox/grading/grade.ts';
import { type GraderPool, openGraderPool } from '#sandbox/grading/grader-pool.ts';
import type { CheckResult } from '#sandbox/protocol/report.ts';
import { reportSchema } from '#sandbox/protocol/report.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { endless, type FakeProgram, fakeStack } from '../fake-stack.ts';
import { exerciseWith } from './exercise-fixture.ts';

// A grader's process takes a second to fork on a busy machine, and each fault takes two.
vi.setConfig({ testTimeout: 60_000 });

let graders: GraderPool;
beforeAll(() => {
  graders = openGraderPool();
});
afterAll(() => graders[Symbol.asyncDispose]());

interface Given {
  grader: string;
  program?: FakeProgram;
  ping?: () => Promise<void>;
  graderMs?: number;
  signal?: AbortSignal;
  rounds?: number;
  stack?: ReturnType<typeof fakeStack>;
  workspaces?: GradeOptions['workspaces'];
}

async function grade(given: Given) {
  const { grader, program, ping = async () => undefined, graderMs = 10_000, signal, rounds, workspaces } = given;
  const { stack = fakeStack(program) } = given;
  const faults: unknown[] = [];
  const told: CheckResult[] = [];
  const startedRounds: number[] = [];
  const waits: (Waiting | null)[] = [];
  const report = await gradeSubmission({
    exercise: exerciseWith(grader),
    files: { 'main.ts': 'export {};' },
    submissionId: 's1',
    queuedAt: new Date(),
    seed: 5,
    rounds,
    provider: stack.provider,
    tenancy: stack.tenancy,
    kafka: { ping },
    graders,
    config: { limits: { ...LIMITS, graderMs } },
    signal: signal ?? new AbortController().signal,
    onFault: (error) => faults.push(error),
    onCheck: (check) => told.push(check),
    onRound: (round) => startedRounds.push(round),
    onWait: (what) => waits.push(what),
    workspaces,
  });
  return { report: reportSchema.parse(report), faults, told, startedRounds, waits, stack };
}

describe('rounds', () => {
  test('a program that passes every round passes; passes are told once, in the last', async () => {
    const { report, told, startedRounds, faults } = await grade({ grader: 'passes.ts' });
    expect(report).toMatchObject({ status: 'pass', score: 1, seed: 5, rounds: 2 });
    expect(startedRounds).toEqual([1, 2]);
    expect(told.map(({ id, status }) => `${id} ${status}`)).toEqual(['stored pass', 'ends pass']);
    expect(faults).toEqual([]);
  });

  test("a check's result is that of its first failing round, and a failed round is the last", async () => {
    const { report, startedRounds, told } = await grade({ grader: 'fails-in-round-two.ts', rounds: 4 });
    expect(startedRounds).toEqual([1, 2]);
    expect(report.checks).toMatchObject([
      { id: 'stored', status: 'fail', round: 2, diagnosis: 'NOT_ALL_SENT' },
      { id: 'ends', status: 'skipped', needs: 'stored' },
    ]);
    expect(told.map(({ status }) => status)).toEqual(['fail', 'skipped']);
  });

  test('no tenant or workspace of a submission exists when its report is there', async () => {
    const { stack } = await grade({ grader: 'passes.ts' });
    expect([...stack.tenants]).toEqual([]);
    expect(stack.openWorkspaces()).toBe(0);
  });

  test('a round that waits for its sandbox reports its queue position, and when it no longer waits; one made ahead is silent', async () => {
    const stack = fakeStack();
    const asked: number[] = [];
    const { waits, report } = await grade({
      grader: 'passes.ts',
      stack,
      workspaces: {
        take: async (_signal, onWait) => {
          asked.push(asked.length);
          onWait?.(waitingFor('sandbox', { position: 4 - asked.length }));
          return stack.provider.openWorkspace();
        },
      },
    });
    expect(report.status).toBe('pass');
    expect(asked).toHaveLength(2);
    expect(waits).toEqual([waitingFor('sandbox', { position: 3 }), null, null]);
  });

  test('a grader can end a program that runs on', async () => {
    const { report } = await grade({ grader: 'kills-the-program.ts', program: endless, rounds: 1 });
    expect(report.status).toBe('pass');
  });
});

describe('a fault of the grader is an error after two attempts, never a fail', () => {
  test.each([
    ['throws', 'throws.ts', 'the grader met an error: this grader is broken'],
    ['ends its process', 'exits.ts', 'the grader ended unexpectedly'],
    ['hangs without giving up the processor', 'hangs.ts', 'the grader did not answer within 700 ms'],
    ['waits for what never comes', 'waits-for-ever.ts', 'the grader did not answer within 700 ms'],
    ['forgets a check', 'forgets-a-check.ts', 'did not judge ends'],
    ['says what is not in the protocol', 'babbles.ts', 'not in the protocol'],
    ['does not exist', 'none.ts', 'Cannot find module'],
  ])('one that %s', async (_, grader, said) => {
    const graderMs = said.includes('700') ? 700 : 10_000;
    const { report, faults, stack } = await grade({ grader, graderMs });
    expect(report.status).toBe('error');
    expect(report.error).toContain(said);
    expect(report.checks.every(({ status }) => status === 'skipped')).toBe(true);
    expect(faults).toHaveLength(2);
    expect([...stack.tenants]).toEqual([]);
  });
});

describe('a fault of the platform is an error after two attempts', () => {
  test('when the program cannot be started at all', async () => {
    const program: FakeProgram = () => Promise.reject(new Error('no such file: bwrap'));
    const { report, faults } = await grade({ grader: 'passes.ts', program });
    expect(report.status).toBe('error');
    expect(faults).toHaveLength(2);
    expect(report.error).not.toContain('bwrap');
  });

  test('when Kafka was down while a round failed', async () => {
    let pings = 0;
    const ping = async () => {
      pings += 1;
      if (pings % 2 === 1) throw new Error('refused'); // gone during each round, back before the next attempt
    };
    const { report, told } = await grade({ grader: 'fails-in-round-two.ts', ping });
    expect(report.status).toBe('error');
    expect(report.error).toContain('Kafka did not answer');
    expect(told.every(({ status }) => status !== 'pass')).toBe(true);
  });

  test('but a second attempt that goes well decides', async () => {
    let started = 0;
    const program: FakeProgram = async () => {
      started += 1;
      if (started === 1) throw new Error('out of processes');
      return { kind: 'exited', exitCode: 0, durationMs: 1 };
    };
    const { report, faults } = await grade({ grader: 'passes.ts', program });
    expect(report.status).toBe('pass');
    expect(faults).toHaveLength(1);
  });
});

test('a grading that is aborted rejects with the reason, and leaves nothing', async () => {
  const aborting = new AbortController();
  const grading = grade({
    grader: 'passes.ts',
    program: async (spec, options) => {
      const ended = endless(spec, options);
      aborting.abort(new Error('the server stops'));
      return ended;
    },
    signal: aborting.signal,
  });
  await expect(grading).rejects.toThrow('the server stops');
});

test("the grader's process has none of the server's environment", async () => {
  process.env.STREAMWRIGHT_SECRET = 'x';
  const { report } = await grade({ grader: 'shows-its-environment.ts' });
  delete process.env.STREAMWRIGHT_SECRET;
  const [stored] = report.checks;
  expect(stored?.status === 'fail' && stored.message).toMatch(/^(NODE_(CHANNEL\w+|COMPILE_CACHE),?)*$/);
});
