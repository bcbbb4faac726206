import { counted } from '#lessons/counted.ts';
import { visible } from '#lessons/visible.ts';
import type { DiffHunk } from '../client/diff-hunks.ts';
import type { DiffRow } from '../client/line-diff.ts';

interface Props {
  hunks: readonly DiffHunk[];
  /** Whose lines only the old text has, as a screen reader says it: `only in yours`. */
  before: string;
  /** `only in the solution` */
  after: string;
}

/** Two texts: side by side where there is room, else one below the other. What differs is outlined or filled, never judged. */
export function CodeDiff({ hunks, before, after }: Props) {
  return (
    <div className="diff">
      {hunks.map((hunk) => {
        if (hunk.kind === 'fold') {
          return (
            <p key={hunk.at} className="fold note">
              {counted(hunk.count, 'line')} the same
            </p>
          );
        }
        return hunk.kind === 'same' ? (
          <div key={hunk.at} className="hunk">
            <Lines rows={hunk.rows} side="old" />
            <div className="twin" aria-hidden="true">
              <Lines rows={hunk.rows} side="new" />
            </div>
          </div>
        ) : (
          <div key={hunk.at} className="hunk change">
            <Lines rows={hunk.removed} side="old" says={before} />
            <Lines rows={hunk.added} side="new" says={after} />
          </div>
        );
      })}
    </div>
  );
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

function Lines({ rows, side, says }: { rows: readonly DiffRow[]; side: 'old' | 'new'; says?: string }) {
  return (
    <div className="lines">
      {rows.map((row) => (
        <div key={row[side]} className={`ln ${row.kind}`} style={{ '--hang': `${hangOf(row.text)}ch` }}>
          <i>{row[side]}</i>
          <s aria-hidden="true">{SIGNS[row.kind]}</s>
          <span>
            {says && <span className="sr">{says}: </span>}
            {visible(row.text)}
          </span>
        </div>
      ))}
    </div>
  );
}

/** The rest of a wrapped line hangs two characters under its own indent. */
function hangOf(text: string): number {
  return (/^ */.exec(text)?.[0].length ?? 0) + 2;
}
