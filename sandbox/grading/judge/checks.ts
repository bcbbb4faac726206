import { CheckFailed, type Finding } from '#sandbox/grading/kit/finding.ts';
import type { GraderContext } from '#sandbox/grading/kit/grader.ts';
import { MAX_EVIDENCE } from '#sandbox/protocol/report.ts';
import type { Verdict } from './ipc.ts';

type Judge = () => void | Promise<void>;

/** The checks of one round: each is judged once, and all are judged. */
export interface Checks {
  check: GraderContext['check'];
  /** Every check that was not judged yet fails with this finding. */
  failTheRest(finding: Finding): void;
  /** @throws Error naming the checks that the grader did not call */
  finish(): void;
}

/** @param ids the checks of the exercise */
export function createChecks(ids: readonly string[], report: (verdict: Verdict) => void): Checks {
  const verdicts = new Map<string, Verdict>();
  const open = () => ids.filter((id) => !verdicts.has(id));
  const settle = (verdict: Verdict) => {
    verdicts.set(verdict.id, verdict);
    report(verdict);
  };

  async function check(id: string, optionsOrJudge: { needs: string | readonly string[] } | Judge, judge?: Judge): Promise<void> {
    const [needs, judged] = typeof optionsOrJudge === 'function' ? [[], optionsOrJudge] : [[optionsOrJudge.needs].flat(), judge];
    if (!judged) throw new Error(`check '${id}' has nothing to judge by`);
    if (!ids.includes(id)) throw new Error(`check '${id}' does not stand in exercise.yaml, which has ${ids.join(', ')}`);
    if (verdicts.has(id)) throw new Error(`check '${id}' was judged twice in one round`);
    const unknown = needs.find((need) => !verdicts.has(need));
    if (unknown !== undefined) throw new Error(`check '${id}' needs '${unknown}', which was not judged before it`);
    const missing = needs.find((need) => verdicts.get(need)?.status !== 'pass');
    settle(missing === undefined ? await verdictOf(id, judged) : { id, status: 'skipped', needs: missing });
  }

  return {
    check,
    failTheRest(finding) {
      for (const id of open()) settle(failed(id, finding));
    },
    finish() {
      if (open().length > 0) throw new Error(`the grader did not judge ${open().join(', ')}`);
    },
  };
}

async function verdictOf(id: string, judge: Judge): Promise<Verdict> {
  try {
    await judge();
    return { id, status: 'pass' };
  } catch (error) {
    if (error instanceof CheckFailed) return failed(id, error.finding);
    throw error;
  }
}

function failed(id: string, { evidence, ...finding }: Finding): Verdict {
  return { id, status: 'fail', finding: { ...finding, evidence: evidence?.slice(0, MAX_EVIDENCE) ?? [] } };
}
