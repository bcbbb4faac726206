/** The policy of `retries.ts`, as a submission in the queue meets it. */
import { describe, expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { type GradeOptions, gradeSubmission } from '#sandbox/grading/grade.ts';
import { GraderFault } from '#sandbox/grading/grader-process.ts';
import { gradeOnStack } from '#sandbox/grading/queued-grade.ts';
import { countTries, type Fault, MAX_TRIES, RETRIES } from '#sandbox/grading/retries.ts';
import { pendingStack } from '#sandbox/leases/pending-stack.ts';
import { type FakeJudge, fakeGraders } from '../fake-graders.ts';
import { exited, type FakeProgram, fakeStack } from '../fake-stack.ts';
import { exerciseWith } from './exercise-fixture.ts';

interface Given {
  judge?: FakeJudge;
  /** What a program's run does beside ending well, by the number of the run from 1. */
  strike?: (run: number, stack: ReturnType<typeof fakeStack>) => void;
  ping?: () => Promise<void>;
  /** Whether sandboxes cannot be opened, by how many programs have run. */
  isAway?: (runs: number) => boolean;
  /** In place of the shared broker. */
  dedicated?: GradeOptions['dedicated'];
}

/** Grades a submission of the queue; its exercise has two rounds. */
async function grade({ judge, strike, ping, isAway = () => false, dedicated }: Given) {
  let runs = 0;
  const program: FakeProgram = async () => {
    runs += 1;
    strike?.(runs, stack);
    return exited;
  };
  const stack = fakeStack(program);
  const faults: unknown[] = [];
  const rounds: number[] = [];
  const { spec, ...rest } = exerciseWith('passes.ts');
  const exercise = { ...rest, spec: { ...spec, broker: dedicated ? ('dedicated' as const) : ('shared' as const) } };
  let recoveries = 0;
  const away = new PlatformError('SERVICE_NOT_READY', { message: 'The engine is away.', hint: '' });
  const inQueue = gradeOnStack({
    stack: pendingStack(Promise.resolve(stack)),
    watch: {
      check: async () => (isAway(runs) ? away : null),
      recovered: async () => {
        recoveries += 1;
      },
    },
    catalog: { exercise: () => exercise },
    grade: ({ provider, tenancy, kafka }, _exercise, { id, files }, hooks) =>
      gradeSubmission({
        ...{ ...hooks, exercise, files, provider, tenancy, dedicated },
        graders: fakeGraders(judge),
        kafka: { ping: ping ?? kafka.ping },
        submissionId: id,
        queuedAt: new Date(),
        config: { limits: LIMITS },
        onFault: (error) => faults.push(error),
      }),
    onFault: (error) => faults.push(error),
  });
  const submittedAt = new Date().toISOString();
  const submission = { id: 's1', learnerId: 'ada', lesson: 'test/lesson', files: {}, submittedAt, report: null };
  const nothing = () => undefined;
  const { signal } = new AbortController();
  const report = await inQueue(submission, { signal, onRound: (round) => rounds.push(round), onWait: nothing, onCheck: nothing });
  return { report, faults: faults.length, runs, rounds, recoveries };
}

describe('a fault that never goes away is an error after', () => {
  test('two tries, when the grader is at fault', async () => {
    const judge = () => {
      throw new GraderFault('this grader is broken');
    };
    const { report, faults } = await grade({ judge });
    expect(report).toMatchObject({ status: 'error', error: expect.stringContaining('this grader is broken') });
    expect(faults).toBe(2);
  });

  test('two tries, when the program cannot be started', async () => {
    const strike = () => {
      throw new Error('no such file: bwrap');
    };
    const { report, runs } = await grade({ strike });
    expect(report.status).toBe('error');
    expect(runs).toBe(2);
  });

  test('two tries, when Kafka is silent in each round that fails', async () => {
    let pings = 0;
    const ping = async () => {
      pings += 1;
      if (pings % 2 === 1) throw new Error('refused'); // silent in each round, back before the next try
    };
    const { report, runs } = await grade({ judge: (round) => (round === 2 ? 'Nothing is stored.' : null), ping });
    expect(report).toMatchObject({ status: 'error', error: expect.stringContaining('Kafka did not answer') });
    expect(runs).toBe(3); // the first round, and twice the second
  });

  test('three tries, when the shared broker ends each time', async () => {
    const { report, runs } = await grade({ strike: (_run, stack) => stack.restartBroker() });
    expect(report).toMatchObject({ status: 'error', error: expect.stringContaining('Kafka ended each time') });
    expect(runs).toBe(3);
  });

  test("two tries, when the submission's own brokers are not available", async () => {
    let taken = 0;
    const take = () => {
      taken += 1;
      return Promise.reject(new Error('no room'));
    };
    const { report } = await grade({ dedicated: { take } });
    expect(report.status).toBe('error');
    expect(taken).toBe(2);
  });

  test(`${MAX_TRIES} tries in all, when the faults differ`, async () => {
    const strike: Given['strike'] = (run, stack) => {
      if (run % 2 === 0) throw new Error('out of processes');
      stack.restartBroker();
    };
    const { report, runs } = await grade({ strike });
    expect(report.status).toBe('error');
    expect(runs).toBe(MAX_TRIES);
  });
});

describe('a fault that goes away costs nothing', () => {
  test('a submission whose broker ended begins again with its first round, also when that had passed', async () => {
    const { report, rounds } = await grade({ strike: (run, stack) => run === 2 && stack.restartBroker() });
    expect(report.status).toBe('pass');
    expect(rounds).toEqual([1, 2, 1, 2]);
  });

  test('after another fault only the round is tried again', async () => {
    const strike = (run: number) => {
      if (run === 2) throw new Error('out of processes');
    };
    const { report, runs, rounds } = await grade({ strike });
    expect(report.status).toBe('pass');
    expect([runs, rounds]).toEqual([3, [1, 2]]);
  });

  test('while no sandbox can be opened a submission waits as often as it takes', async () => {
    const LONG = 6;
    const strike = (run: number) => {
      if (run <= LONG) throw new Error('connect ENOENT engine.sock');
    };
    const { report, recoveries } = await grade({ strike, isAway: (runs) => runs > 0 && runs <= LONG });
    expect(report.status).toBe('pass');
    expect(recoveries).toBeGreaterThanOrEqual(LONG);
  });
});

test.each(Object.entries(RETRIES))('the policy bounds the tries after %s', (fault, { tries }) => {
  const counted = countTries();
  const again = Array.from({ length: 10 }, () => counted.mayRetry(fault as Fault));
  expect(again.indexOf(false) + 1).toBe(Number.isFinite(tries) ? tries : 0);
});
