import { useState } from 'react';
import { counted } from '#lessons/counted.ts';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import { modeSigns, modeWords } from '../client/changelog-mode.ts';
import { type StripCell, stripLayout } from '../client/job-strip.ts';
import { inFlow } from '../client/jobs-state.ts';
import { useSize } from './use-size.ts';

interface Props {
  job: LensJob;
  /** Whether it writes to a topic; the rows of a query are shown. */
  writes: boolean;
}

/** The operators of a job in flow order; the arrow between two shows the kinds of change that it carries. */
export function JobStrip({ job, writes }: Props) {
  const { ref, width } = useSize();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const operators = inFlow(job.operators);
  const { columns, cells } = stripLayout(operators, { width, opened });
  const toggle = (first: string) =>
    setOpened(new Set(opened.has(first) ? [...opened].filter((id) => id !== first) : [...opened, first]));
  return (
    <div className="jobstrip">
      <ol className="ops" ref={ref} aria-label="Operators of the job" style={{ '--columns': columns }}>
        {cells.map((cell, place) => (
          <Cell
            key={cell.operators[0]?.id}
            {...{ cell, operators, writes }}
            arrow={isRead(cell, cells[place + 1])}
            onToggle={toggle}
          />
        ))}
      </ol>
    </div>
  );
}

interface CellProps {
  cell: StripCell;
  operators: readonly LensOperator[];
  writes: boolean;
  /** Whether the next cell reads from this one. */
  arrow: boolean;
  onToggle: (first: string) => void;
}

function Cell({ cell, operators, writes, arrow, onToggle }: CellProps) {
  const { operators: chain, opens } = cell;
  const [first] = chain;
  const last = chain.at(-1);
  if (!first || !last) return null;
  const note = noteOf(chain, operators);
  const title = chain.map(({ type, says }) => `${type}. ${says}`).join('\n');
  return (
    <li className={chain.length > 1 || opens ? 'oper chained' : 'oper'} title={title}>
      {chain.length > 1 ? (
        <button type="button" className="unfold" aria-expanded={false} onClick={() => onToggle(first.id)}>
          {chain.length} chained
        </button>
      ) : (
        <h3>{first.name}</h3>
      )}
      <p className="note what">{note || '\u00a0'}</p>
      <Counts {...{ first, last, writes }} isEnd={cell.feeds === 0 && first.inputs.length > 0} />
      {opens && (
        <button type="button" className="unfold note" aria-expanded={true} onClick={() => onToggle(opens.first)}>
          fold {opens.length}
        </button>
      )}
      {arrow && <Mode mode={last.changelogMode} />}
    </li>
  );
}

/** What comes in and goes out; of the last operator, what became of the rows. */
function Counts({ first, last, isEnd, writes }: { first: LensOperator; last: LensOperator; isEnd: boolean; writes: boolean }) {
  if (isEnd) {
    const [count = '', ...noun] = counted(last.recordsIn, writes ? 'record' : 'change').split(' ');
    return (
      <p className="io">
        {writes ? 'wrote' : 'showed'} <b>{count}</b> {noun.join(' ')}
      </p>
    );
  }
  return (
    <p className="io">
      in <b>{first.recordsIn.toLocaleString('en-GB')}</b> out <b>{last.recordsOut.toLocaleString('en-GB')}</b>
    </p>
  );
}

function Mode({ mode }: { mode: string | null }) {
  return (
    <span className="mode data">
      {mode && <span className="sr">emits {modeWords(mode)}</span>}
      <span aria-hidden="true" title={mode ? modeWords(mode) : undefined}>
        {mode ? modeSigns(mode) : '\u00a0'}
      </span>
    </span>
  );
}

function isRead({ operators }: StripCell, next: StripCell | undefined): boolean {
  const last = operators.at(-1);
  return last !== undefined && (next?.operators[0]?.inputs.includes(last.id) ?? false);
}

/** Returns what the operator works on; where it reads from several, from which. */
function noteOf(chain: readonly LensOperator[], operators: readonly LensOperator[]): string {
  const [first] = chain;
  if (!first) return '';
  if (chain.length > 1) return chain.map(({ name }) => name).join(', ');
  if (first.inputs.length < 2) return first.detail;
  const names = first.inputs.map((id) => {
    const input = operators.find((operator) => operator.id === id);
    return input?.inputs.length === 0 ? (input.detail.split(',')[0] ?? '') : (input?.name ?? id);
  });
  return `from ${names.join(' and ')}`;
}
