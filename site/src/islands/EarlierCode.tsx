import { useEffect, useState } from 'react';
import { visible } from '#lessons/visible.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { EDITOR, type TextKey, textOf, textsToCompare } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { FilesDiff } from './FilesDiff.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useActions, useExercise } from './use-exercise.ts';

const WHOLE = 'whole';

/** An earlier text of the exercise: as it was, or compared with another; it can be put into the editor. */
export function EarlierCode({ plan, of, files }: { plan: ExercisePlan; of: TextKey; files: Files }) {
  const actions = useActions();
  const [other, setOther] = useState<TextKey>(EDITOR);
  const state = useExercise(plan, (all) => all);
  const current = actions?.drafts.files() ?? {};
  const names = plan.editable.filter((name) => files[name] !== undefined);
  const isSame = names.every((name) => files[name] === current[name]);
  const choices = textsToCompare(state, of);
  const name = choices.find(({ key }) => key === other)?.name ?? 'the other';
  const compared = other === WHOLE ? null : textOf(state, current, other);
  useEffect(() => {
    if (other !== WHOLE) void actions?.needText(other);
  }, [actions, other]);
  return (
    <section className="earlier-code" aria-label="Code">
      <p className="acts">
        <button type="button" className="btn" aria-disabled={isSame} onClick={() => actions?.drafts.restore(files)}>
          Restore this code
        </button>
        <span className="note">
          {isSame ? 'This is what the editor has.' : 'It goes into the editor; what is there now is kept under Earlier checks.'}
        </span>
      </p>
      <p className="against">
        <label>
          <span className="label">Compared with</span>{' '}
          <select value={other} onChange={({ target }) => setOther(target.value)}>
            {choices.map((choice) => (
              <option key={choice.key} value={choice.key}>
                {choice.name}
              </option>
            ))}
            <option value={WHOLE}>nothing: show it whole</option>
          </select>
        </label>
      </p>
      {other === WHOLE ? (
        names.map((file) => (
          <ScrollRegion key={file} className="code" label={`${file}, as it was`}>
            {names.length > 1 && <p className="note">{file}</p>}
            <Whole text={files[file] ?? ''} />
          </ScrollRegion>
        ))
      ) : compared ? (
        <FilesDiff
          names={names}
          before={{ files, is: 'this one', says: 'only here' }}
          after={{ files: compared, is: name, says: `only in ${name}` }}
        />
      ) : (
        <p className="note same">Reading {name}.</p>
      )}
    </section>
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
