import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { counted } from '#lessons/counted.ts';
import type { LensRecord } from '#sandbox/protocol/lens.ts';
import type { KnownRecord } from '../client/record-log.ts';
import { dayAndClockOf, partWords } from '../client/record-text.ts';

interface Props {
  topicName: string;
  record: KnownRecord;
  /** In the order of arrival over all partitions; undefined where not all before it are known. */
  ordinal: number | undefined;
  onClose: () => void;
}

/** A record as it is stored: every byte of key, value and headers that the lens has, in their order. */
export function RecordDetail({ topicName, record, ordinal, onClose }: Props) {
  const { partition, offset, timestampMs, key, value, headers } = record;
  const region = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record starts at its top
  useEffect(() => {
    if (region.current) region.current.scrollTop = 0;
  }, [partition, offset]);
  const isEvidence = timestampMs === 0;
  return (
    <section
      className="detail"
      ref={region}
      aria-label={`Record at partition ${partition}, offset ${offset}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable without a mouse
      tabIndex={0}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <p className="detail-head">
        <b className="strong">
          Partition {partition}, offset {offset}
        </b>
        <button type="button" className="btn bare" aria-keyshortcuts="Escape" onClick={onClose}>
          Close
        </button>
      </p>
      <dl>
        <Part name="topic">{topicName}</Part>
        {ordinal !== undefined && !isEvidence && <Part name="came as">record {ordinal}, by timestamps of all partitions</Part>}
        {!isEvidence && (
          <Part name="timestamp">
            {timestampMs} ms
            <br />
            {dayAndClockOf(timestampMs)}
          </Part>
        )}
        <Part name="key">{key === null ? <i className="none">no key</i> : <Stored record={record} part="key" text={key} />}</Part>
        <Part name={isEvidence ? 'observed' : 'value'}>
          {value === null ? <i className="none">null, a tombstone</i> : <Stored record={record} part="value" text={value} />}
        </Part>
        {!isEvidence && headers.length === 0 && <Part name="headers">none</Part>}
        {headers.map(([name, text], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may come several times, and headers keep their order
          <Part key={place} name={place === 0 ? counted(headers.length, 'header') : ''}>
            <span className="header-name">{name}: </span>
            {text === null ? <i className="none">null</i> : <Stored record={record} part={String(place)} text={text} />}
          </Part>
        ))}
      </dl>
    </section>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Stored({ record, part, text }: { record: LensRecord; part: string; text: string }) {
  const shown = record.shownInPart?.[part];
  return (
    <>
      {text === '' ? <i className="none">empty</i> : <pre>{text}</pre>}
      {shown && <span className="note">{partWords(shown)}</span>}
    </>
  );
}
