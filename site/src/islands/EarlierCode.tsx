import { useState } from 'react';
import { visible } from '#lessons/visible.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { foldSame, lineDiff } from '../client/line-diff.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** An earlier text of the exercise: as it was, or compared with the editor's; it can be put into the editor. */
export function EarlierCode({ plan, files }: { plan: ExercisePlan; files: Files }) {
  const actions = useActions();
  const [compared, setCompared] = useState(true);
  // Each change of a draft is a new view, so the comparison follows what is typed.
  useExercise(plan, (state) => state.drafts);
  const current = actions?.drafts.files() ?? {};
  const names = plan.editable.filter((name) => files[name] !== undefined);
  const isSame = names.every((name) => files[name] === current[name]);
  return (
    <section className="earlier-code" aria-label="Code">
      <p className="acts">
        <button type="button" className="btn" disabled={isSame} onClick={() => actions?.drafts.restore(files)}>
          Restore this code
        </button>
        <span className="note">
          {isSame ? 'This is what the editor has.' : 'It goes into the editor; what is there now is kept under Earlier checks.'}
        </span>
      </p>
      <fieldset className="lensviews" aria-label="Show">
        <button type="button" className="tab" aria-current={compared} onClick={() => setCompared(true)}>
          Compared with the editor
        </button>
        <button type="button" className="tab" aria-current={!compared} onClick={() => setCompared(false)}>
          Whole
        </button>
      </fieldset>
      {names.map((name) => (
        <ScrollRegion key={name} className="code" label={`${name}, ${compared ? 'compared' : 'as it was'}`}>
          {names.length > 1 && <p className="note">{name}</p>}
          {compared ? <Compared before={files[name] ?? ''} after={current[name] ?? ''} /> : <Whole text={files[name] ?? ''} />}
        </ScrollRegion>
      ))}
    </section>
  );
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const NAMES = { same: '', removed: 'only here: ', added: 'only in the editor: ' } as const;

function Compared({ before, after }: { before: string; after: string }) {
  if (before === after) return <p className="note same">No line differs.</p>;
  return foldSame(lineDiff(before, after)).map((row) =>
    row.kind === 'fold' ? (
      <div key={`fold ${row.at}`} className="ln fold note">
        {row.count} {row.count === 1 ? 'line' : 'lines'} the same
      </div>
    ) : (
      <div key={`${row.old} ${row.new}`} className={`ln ${row.kind}`}>
        <i>{row.old ?? row.new}</i>
        <s aria-hidden="true">{SIGNS[row.kind]}</s>
        <span>
          <span className="sr">{NAMES[row.kind]}</span>
          {visible(row.text)}
        </span>
      </div>
    ),
  );
}

function Whole({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text that does not change
    <div key={index} className="ln">
      <i>{index + 1}</i>
      <s />
      <span>{visible(line)}</span>
    </div>
  ));
}
