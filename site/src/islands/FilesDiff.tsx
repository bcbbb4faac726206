import { useMemo } from 'react';
import { counted } from '#lessons/counted.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { hunksOf, placesThatDiffer } from '../client/diff-hunks.ts';
import { lineDiff } from '../client/line-diff.ts';
import { CodeDiff } from './CodeDiff.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

/** One of two texts that are compared. */
export interface DiffSide {
  files: Files;
  /** Its name above its lines: `One solution`. */
  is: string;
  /** Before each line that only it has, for a screen reader: `only in the solution`. */
  says: string;
}

interface Props {
  names: readonly string[];
  before: DiffSide;
  after: DiffSide;
}

/** Compares two sets of files, one below the other. */
export function FilesDiff({ names, before, after }: Props) {
  return names.map((name) => <FileDiff key={name} name={name} isOnly={names.length === 1} before={before} after={after} />);
}

function FileDiff({ name, isOnly, before, after }: Omit<Props, 'names'> & { name: string; isOnly: boolean }) {
  const [old, next] = [before.files[name] ?? '', after.files[name] ?? ''];
  const hunks = useMemo(() => hunksOf(lineDiff(old, next)), [old, next]);
  const places = placesThatDiffer(hunks);
  return (
    <ScrollRegion className="code diffs" label={`${name}, compared`}>
      <p className="diff-names">
        <span>{before.is}</span>
        <span>{after.is}</span>
      </p>
      <p className="diff-sum note">
        {!isOnly && `${name}: `}
        {places === 0 ? 'No line differs.' : `${counted(places, 'place')} ${places === 1 ? 'differs' : 'differ'}.`}
      </p>
      {places > 0 && <CodeDiff hunks={hunks} before={before.says} after={after.says} />}
    </ScrollRegion>
  );
}
