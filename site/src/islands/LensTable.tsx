import { useMemo, useState } from 'react';
import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { arrivalOrder, ordinals } from '../client/arrival-order.ts';
import type { GroupSample } from '../client/group-history.ts';
import { span } from '../client/lens-layout.ts';
import type { NeedRecords } from '../client/needed-records.ts';
import type { RecordLog } from '../client/record-log.ts';
import { clockOf } from '../client/record-text.ts';
import { GroupTables } from './GroupTables.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useNeededRecords } from './use-needed-records.ts';

const PAGE = 100;

interface Props {
  topic: LensTopic;
  records: RecordLog;
  /** Groups that read this topic, and what was seen of them. */
  groups: readonly LensGroup[];
  history: readonly GroupSample[];
  needRecords: NeedRecords | undefined;
}

/** The same records as a table, one page of offsets at a time, for screen readers and for anyone who prefers tables. */
export function LensTable({ topic, records, groups, history, needRecords }: Props) {
  const { start, end } = span(topic);
  const [from, setFrom] = useState(start);
  const to = Math.min(end, from + PAGE);
  useNeededRecords([{ topic, first: from, last: to }], { live: false, need: needRecords });
  const changes = records.changes(topic.name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log grows in place
  const numbers = useMemo(() => ordinals(arrivalOrder(topic, records)), [topic, records, changes]);
  const field = records.fieldOf(topic.name);
  const rows = topic.partitions.flatMap(({ partition }) =>
    Array.from({ length: to - from }, (_, index) => records.at(topic.name, partition, from + index)).filter(
      (record) => record !== undefined,
    ),
  );
  return (
    <>
      <ScrollRegion className="lenstable" label={`Records of ${topic.name}`}>
        {groups.map((group) => (
          <GroupTables key={group.name} {...{ topic, group, history }} />
        ))}
        <table className="tbl records">
          <caption className="sr">
            Records of {topic.name}, offsets {from} to {to - 1}
          </caption>
          <thead>
            <tr>
              <th className="num">came as</th>
              <th className="num">partition</th>
              <th className="num">offset</th>
              <th>key</th>
              {field !== undefined && <th>{field}</th>}
              <th>timestamp</th>
              <th>headers</th>
              <th>value</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((record) => (
              <tr key={`${record.partition} ${record.offset}`}>
                <td className="num">{numbers.get(record) ?? <i className="none">not known</i>}</td>
                <td className="num">{record.partition}</td>
                <td className="num">{record.offset}</td>
                <td>{record.key ?? <i className="none">no key</i>}</td>
                {field !== undefined && <td>{record.key === null ? record.identity : ''}</td>}
                <td>{clockOf(record.timestampMs)}</td>
                <td>{record.headers.map(([name, value]) => `${name}: ${value ?? 'null'}`).join(', ')}</td>
                <td>{record.value ?? 'null'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div className="legend note">
        <span>
          Offsets {from} to {to - 1} of {end - 1}
        </span>
        <span className="grow" />
        <button type="button" className="btn bare" disabled={from <= start} onClick={() => setFrom(Math.max(start, from - PAGE))}>
          Earlier
        </button>
        <button type="button" className="btn bare" disabled={to >= end} onClick={() => setFrom(from + PAGE)}>
          Later
        </button>
      </div>
    </>
  );
}
