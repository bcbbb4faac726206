import { Fragment, memo, useLayoutEffect, useMemo, useRef } from 'react';
import { counted } from '#lessons/counted.ts';
import type { SqlChange, SqlTable } from '#sandbox/protocol/sql.ts';
import type { KeyColour } from '../client/record-log.ts';
import { shortTimes } from '../client/short-times.ts';
import { numericColumns, ownColours } from '../client/sql-columns.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

/** Most changes drawn: the newest. */
const DRAWN = 200;

type Row = readonly (string | null)[];
/** Returns the colour of a value in a column; null for no colour. */
type ColourOf = (column: string, value: string | null) => KeyColour | null;

interface Props {
  columns: readonly string[];
  /** The newest ones in order, without a gap. */
  changes: readonly SqlChange[];
  /** Number of the first of them, from 0. */
  first: number;
  /** Number of changes so far. */
  count: number;
  /** Null until it is known. */
  table: SqlTable | null;
  /** By default, each value of the first text column has its own colour. */
  colourOf?: ColourOf;
  /** Heading of the changes. */
  title?: string;
}

/** The result of a query, change by change, next to the table that the changes add up to. */
export function SqlResult({ columns, changes, first, count, table, colourOf, title = 'Changelog' }: Props) {
  const drawn = changes.length > DRAWN ? changes.slice(-DRAWN) : changes;
  const offset = first + changes.length - drawn.length;
  const rows = table?.rows ?? [];
  const values = drawn.map((change) => change.values);
  const numeric = numericColumns(columns.length, [...values, ...rows]);
  const short = shortTimes([...values, ...rows]);
  const shown = drawn.map((change, place) => ({ ...change, values: short(change.values), number: offset + place }));
  const own = useRef(ownColours());
  const shape = JSON.stringify([columns, numeric]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are new arrays each time, with the same content
  const ofColumns = useMemo(() => own.current(columns, numeric), [shape]);
  const ofValue = colourOf ?? ofColumns;
  return (
    <div className="sqlresult">
      <Changelog {...{ columns, numeric, count, title }} changes={shown} colourOf={ofValue} />
      <Folded {...{ columns, numeric, count }} rows={rows.map(short)} total={table?.total ?? null} colourOf={ofValue} />
    </div>
  );
}

interface Drawing {
  columns: readonly string[];
  /** Which of them hold numbers. */
  numeric: readonly boolean[];
  colourOf: ColourOf;
}

/** A change as it is drawn. `number` counts all changes of the statement. */
interface Shown {
  op: SqlChange['op'];
  values: Row;
  atMs: number;
  number: number;
}

function Changelog({
  columns,
  numeric,
  changes,
  count,
  title,
  colourOf,
}: Drawing & { changes: readonly Shown[]; count: number; title: string }) {
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new change stays in view
  useLayoutEffect(() => {
    if (atEnd.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [count]);
  return (
    <section className="changelog">
      <div className="sqlhead">
        <h3>{title}</h3>
        <span className="note">
          {counted(count, 'change')}
          {changes.length < count && changes.length > 0 && `, the last ${changes.length}`}
        </span>
      </div>
      <ScrollRegion
        className="sqlrows"
        ref={scroller}
        label={title}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          atEnd.current = scrollTop + clientHeight >= scrollHeight - 24;
        }}
      >
        <table className="tbl">
          <Head columns={['op', ...columns]} numeric={[false, ...numeric]} />
          <tbody>
            {changes.map((change, place) => (
              <ChangeRow
                key={change.number}
                change={change}
                // A hairline separates changes that came at different times.
                later={place > 0 && changes[place - 1]?.atMs !== change.atMs}
                {...{ columns, numeric, colourOf }}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

const OPS = { '+I': 'inserted', '-U': 'old row of an update', '+U': 'new row of an update', '-D': 'deleted' } as const;

const ChangeRow = memo(
  ({ change: { op, values }, later, columns, numeric, colourOf }: Drawing & { change: Shown; later: boolean }) => {
    const isGone = op.startsWith('-');
    return (
      <tr className={`${isGone ? 'gone' : 'came'} ${later ? 'sep' : ''}`}>
        <td className="op" title={OPS[op]}>
          {op.replace('-', '−')}
        </td>
        <Cells {...{ values, columns, numeric, colourOf }} outlined={isGone} />
      </tr>
    );
  },
  (a, b) =>
    a.later === b.later &&
    a.colourOf === b.colourOf &&
    a.change.values.join('\n') === b.change.values.join('\n') &&
    a.numeric.join() === b.numeric.join(),
);

function Folded({
  columns,
  numeric,
  count,
  rows,
  total,
  colourOf,
}: Drawing & { count: number; rows: readonly Row[]; total: number | null }) {
  return (
    <section className="folded">
      <div className="sqlhead">
        <h3>Table</h3>
        <span className="note">
          what the {counted(count, 'change')} {count === 1 ? 'adds' : 'add'} up to
          {total !== null && total > rows.length && `: the first ${rows.length} of ${counted(total, 'row')}`}
        </span>
      </div>
      <ScrollRegion className="sqlrows" label="Table">
        <table className="tbl">
          <Head {...{ columns, numeric }} />
          <tbody>
            {rows.map((values, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a multiset have no other key
              <tr key={place}>
                <Cells {...{ values, columns, numeric, colourOf }} outlined={false} />
              </tr>
            ))}
          </tbody>
        </table>
        {total === 0 && <p className="note">No rows.</p>}
      </ScrollRegion>
    </section>
  );
}

function Head({ columns, numeric }: Pick<Drawing, 'columns' | 'numeric'>) {
  return (
    <thead>
      <tr>
        {columns.map((column, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a query can have the same name
          <th key={place} className={numeric[place] ? 'num' : undefined}>
            <Name name={column} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A column's name, which can wrap after an underscore: values are narrower than names. */
function Name({ name }: { name: string }) {
  return name.split(/(?<=_)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name stay where they are
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function Cells({ values, columns, numeric, colourOf, outlined }: Drawing & { values: Row; outlined: boolean }) {
  return values.map((value, place) => {
    const colour = colourOf(columns[place] ?? '', value);
    const off = outlined || colour?.outlined;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a cell's place is its column
      <td key={place} className={numeric[place] ? 'num' : undefined}>
        {colour ? <span className={`chip k${colour.index} ${off ? 'off' : ''}`}>{value}</span> : <Value value={value} />}
      </td>
    );
  });
}

function Value({ value }: { value: string | null }) {
  return value === null ? <i className="none">NULL</i> : <span className="val">{value}</span>;
}
