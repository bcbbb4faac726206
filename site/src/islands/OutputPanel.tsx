import { counted } from '#lessons/counted.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { limitsInWords } from '../client/limits-words.ts';
import { type OutputLine, outputLines } from '../client/output-lines.ts';
import { outputParts } from '../client/output-parts.ts';
import type { RunView } from '../client/run-state.ts';
import { endOfRun } from '../client/words.ts';
import { RunCause } from './RunCause.tsx';
import { RunFault } from './RunFault.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useExercise } from './use-exercise.ts';
import { useFollow } from './use-follow.ts';

/** Most lines shown: the newest. */
const MAX_LINES = 1_000;

/** What the program wrote and how it ended. */
export function OutputPanel({ plan }: { plan: ExercisePlan }) {
  const run = useExercise(plan, (state) => state.run);
  const limits = useExercise(plan, (state) => state.limits);
  const problem = useExercise(plan, (state) => state.sandboxProblem);
  const lines = outputLines(run.chunks);
  const hidden = Math.max(0, lines.length - MAX_LINES);
  const size = run.chunks.length + (run.result ? 1 : 0);
  const follow = useFollow({ key: run.runId, size, isHeld: run.cause !== null });
  const files = Object.keys(run.files ?? {});
  const parts = outputParts(lines.slice(hidden), files, run.cause !== null && run.cause.message !== null);

  return (
    <ScrollRegion className="out" {...follow} label="Output">
      {run.status === 'none' && (
        <p className="note">
          {problem ? (
            <>
              No sandbox yet: {problem.message} {problem.hint}
            </>
          ) : (
            'Nothing has run yet. Run starts your program on Kafka, with the same data each time; its output appears here.'
          )}
        </p>
      )}
      {run.status === 'none' && limits && <p className="note">{limitsInWords(plan, limits)}</p>}
      <RunCause run={run} />
      {hidden > 0 && <Line time="">{counted(hidden, 'earlier line is', 'earlier lines are')} not shown</Line>}
      {parts.map((part) =>
        part.kind === 'line' ? (
          <Line key={part.line.number} time={time(part.line)} kind={part.line.stream}>
            {part.line.text}
          </Line>
        ) : (
          <Stack key={part.lines[0]?.number} {...part} />
        ),
      )}
      <End run={run} />
    </ScrollRegion>
  );
}

function Line({ time, kind = 'stdout', children }: { time: string; kind?: OutputLine['stream']; children: React.ReactNode }) {
  return (
    <div className={`out-line ${kind}`}>
      <span className="at">{time}</span>
      {kind === 'stderr' && <span className="err">err</span>}
      <span className="txt">{children}</span>
    </div>
  );
}

/** What Node wrote about an error, folded. */
function Stack({ lines, own }: { lines: readonly OutputLine[]; own: number }) {
  return (
    <details className="out-stack">
      <summary>
        Stack, {counted(lines.length, 'line')}, {own === 0 ? 'none' : own} in your code
      </summary>
      <pre>{lines.map(({ text }) => text).join('\n')}</pre>
    </details>
  );
}

/** How the run ended. */
function End({ run }: { run: RunView }) {
  if (run.status !== 'finished') return <RunFault run={run} />;
  const isWell = run.result?.kind === 'exited' && run.result.exitCode === 0;
  return (
    <Line time={run.result ? seconds(run.result.durationMs) : ''} kind="system">
      <b className={isWell ? undefined : 'bad'}>{run.result ? endOfRun(run.result) : 'ended'}</b>
    </Line>
  );
}

function time({ atMs, stream }: OutputLine): string {
  return stream === 'system' ? '' : seconds(atMs);
}

/** Seconds since the program started, to the millisecond: `0.187`. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
