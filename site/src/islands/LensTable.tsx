import { useEffect, useState } from 'react';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { span } from '../client/lens-layout.ts';
import type { RecordLog } from '../client/record-log.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

const PAGE = 100;

interface Props {
  topic: LensTopic;
  records: RecordLog;
  needRecords: ((topic: LensTopic, first: number, last: number) => Promise<void>) | undefined;
}

/** The same records as a table, one page of offsets at a time, for screen readers and for anyone who prefers tables. */
export function LensTable({ topic, records, needRecords }: Props) {
  const { start, end } = span(topic);
  const [from, setFrom] = useState(start);
  const to = Math.min(end, from + PAGE);
  useEffect(() => void needRecords?.(topic, from, to), [needRecords, topic, from, to]);
  const rows = topic.partitions.flatMap(({ partition }) =>
    Array.from({ length: to - from }, (_, index) => records.at(topic.name, partition, from + index)).filter(
      (record) => record !== undefined,
    ),
  );
  return (
    <>
      <ScrollRegion className="lenstable" label={`Records of ${topic.name}`}>
        <table className="tbl">
          <caption className="sr">
            Records of {topic.name}, offsets {from} to {to - 1}
          </caption>
          <thead>
            <tr>
              <th className="num">partition</th>
              <th className="num">offset</th>
              <th>key</th>
              <th>headers</th>
              <th>value</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((record) => (
              <tr key={`${record.partition} ${record.offset}`}>
                <td className="num">{record.partition}</td>
                <td className="num">{record.offset}</td>
                <td>{record.key ?? <i className="none">no key</i>}</td>
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
