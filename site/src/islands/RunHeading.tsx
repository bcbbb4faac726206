import type { RunView } from '../client/run-state.ts';
import { waitingInWords } from '../client/waiting-words.ts';
import { duration, waited } from '../client/words.ts';

interface RunHeadingProps {
  run: RunView;
  now: number;
  /** Time limit of the run; null until known. */
  limitMs: number | null;
  /** Whether the running time is shown here; for a run that continues until it is stopped, the bar shows it. */
  isCounted: boolean;
}

/** Names the run, and what it waits for. */
export function RunHeading({ run, now, limitMs, isCounted }: RunHeadingProps) {
  if (run.status === 'none' || run.status === 'refused') return null;
  const name = run.runId === null ? [] : [`run ${run.runId.slice(0, 6)}`];
  const seed = run.seed === null ? [] : [`seed ${run.seed}`];
  const isShown = now > 0 && (isCounted || run.status !== 'running');
  const since = isShown ? ` for ${waited(run.since, now)}` : '';
  return <div className="out-head">{[...name, ...seed, ...underWay(run, since, limitMs)].join(', ')}</div>;
}

function underWay({ status, awaiting }: RunView, since: string, limitMs: number | null): string[] {
  if (status === 'sending') return [`sending the program${since}`];
  if (status === 'preparing') return [`waiting for ${awaiting ? waitingInWords(awaiting) : 'the server'}${since}`];
  if (status === 'running') return [`running${since}`, ...(limitMs === null ? [] : [`at most ${duration(limitMs)}`])];
  return status === 'stopping' ? [`stopping${since}`] : [];
}
