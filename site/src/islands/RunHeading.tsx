import type { ExerciseLimits } from '#sandbox/protocol/lesson.ts';
import type { RunView } from '../client/run-state.ts';
import { waitingInWords } from '../client/waiting-words.ts';
import { duration, waited } from '../client/words.ts';

interface RunHeadingProps {
  run: RunView;
  now: number;
  /** Null until known. */
  limits: ExerciseLimits | null;
  /** How it ended; null before. */
  end: string | null;
}

/** Names the run, and what it waits for, or how it ended. */
export function RunHeading({ run, now, limits, end }: RunHeadingProps) {
  if (run.status === 'none' || run.status === 'refused') return <span className="grow" />;
  const name = run.runId === null ? [] : [`run ${run.runId.slice(0, 6)}`];
  const seed = run.seed === null ? [] : [`seed ${run.seed}`];
  const since = now > 0 ? ` for ${waited(run.since, now)}` : '';
  const words = [...name, ...seed, ...underWay(run, since, limits), ...(end === null ? [] : [end])].join(', ');
  return <span className="out-head note grow">{words}</span>;
}

function underWay({ status, awaiting }: RunView, since: string, limits: ExerciseLimits | null): string[] {
  if (status === 'sending') return [`sending the program${since}`];
  if (status === 'preparing') return [`waiting for ${awaiting ? waitingInWords(awaiting) : 'the server'}${since}`];
  if (status === 'running') return [`running${since}`, ...(limits === null ? [] : [`at most ${duration(limits.runMs)}`])];
  return status === 'stopping' ? [`stopping${since}`] : [];
}
