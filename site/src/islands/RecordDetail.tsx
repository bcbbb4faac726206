import { visible } from '#lessons/visible.ts';
import type { KnownRecord } from '../client/record-log.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

/** All fields of one record. */
export function RecordDetail({ record, onClose }: { record: KnownRecord; onClose: () => void }) {
  const { headers } = record;
  return (
    <ScrollRegion className="detail" label="Record">
      <p className="detail-head">
        <b className="strong">
          Partition {record.partition}, offset {record.offset}
        </b>
        <button type="button" className="btn bare" onClick={onClose}>
          Close
        </button>
      </p>
      <dl>
        <dt>key</dt>
        <dd>{record.key ?? <i className="none">no key</i>}</dd>
        {record.timestampMs > 0 && (
          <>
            <dt>timestamp</dt>
            <dd>{timeOf(record)}</dd>
          </>
        )}
        {record.timestampMs > 0 && (
          <>
            <dt>headers</dt>
            <dd>{headers.length === 0 ? 'none' : headers.map(([name, value]) => `${name}: ${value ?? 'null'}`).join(', ')}</dd>
          </>
        )}
        <dt>{record.timestampMs > 0 ? 'value' : 'observed'}</dt>
        <dd>{record.value === null ? <i className="none">null, a tombstone</i> : <pre>{pretty(record.value)}</pre>}</dd>
      </dl>
    </ScrollRegion>
  );
}

/** Returns a record as one line, for the foot of the lens. */
export function recordLine(record: KnownRecord): string {
  const headers = record.headers.map(([name, value]) => `${name}: ${value ?? 'null'}`);
  const when = record.timestampMs > 0 ? [timeOf(record)] : [];
  return [
    `p${record.partition} offset ${record.offset}`,
    record.key === null ? 'no key' : `key ${record.key}`,
    ...when,
    ...headers,
    record.value ?? 'null',
  ].join('  ');
}

function timeOf({ timestampMs }: KnownRecord): string {
  const at = new Date(timestampMs);
  return `${at.toLocaleTimeString('en-GB')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

function pretty(value: string): string {
  try {
    // Escapes in the JSON have become characters again.
    return visible(JSON.stringify(JSON.parse(value), null, 2));
  } catch {
    return value;
  }
}
