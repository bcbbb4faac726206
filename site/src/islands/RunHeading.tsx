import type { RunView } from '../client/run-state.ts';
import { duration, waited } from '../client/words.ts';

/** Which run this is, and what is awaited. `limitMs` is null where the run goes on until it is stopped; the bar then counts. */
export function RunHeading({ run, now, limitMs }: { run: RunView; now: number; limitMs: number | null }) {
  if (run.status === 'none' || run.status === 'refused') return null;
  const name = run.runId === null ? [] : [`run ${run.runId.slice(0, 6)}`];
  const seed = run.seed === null ? [] : [`seed ${run.seed}`];
  const since = now === 0 ? '' : ` for ${waited(run.since, now)}`;
  return <div className="out-head">{[...name, ...seed, ...underWay(run, since, limitMs)].join(', ')}</div>;
}

function underWay({ status, awaiting }: RunView, since: string, limitMs: number | null): string[] {
  if (status === 'sending') return [`sending the program${since}`];
  if (status === 'preparing') return [`waiting for ${awaiting ?? 'the server'}${since}`];
  if (status === 'running') return [limitMs === null ? 'running' : `running${since}, at most ${duration(limitMs)}`];
  return status === 'stopping' ? [`stopping${since}`] : [];
}
