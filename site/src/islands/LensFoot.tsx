import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import type { Place } from '../client/lens-layout.ts';
import type { RecordLog } from '../client/record-log.ts';
import { recordLine } from './RecordDetail.tsx';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  group: LensGroup | undefined;
  live: boolean;
  following: boolean;
  marked: boolean;
  focusKey: string | null;
  /** The selected record. */
  shown: Place | null;
  onFocusKey: (key: string | null) => void;
  onFollow: () => void;
}

const KEYS_SHOWN = 6;

/** Below the lanes: the selected record, else what the colours and signs mean. */
export function LensFoot({ topic, records, group, live, following, marked, focusKey, shown, onFocusKey, onFollow }: Props) {
  const record = shown && records.at(topic.name, shown.partition, shown.offset);
  const keys = records.keys(topic.name);
  const keyless = keys.length === 0;
  return (
    <div className="legend note">
      <span className={`pointed data ${record ? '' : 'sr'}`} role="status">
        {record ? recordLine(record) : ''}
      </span>
      {!record && (
        <>
          {keyless ? <span>No record has a key</span> : <span>Colour by key</span>}
          <fieldset className="chips" aria-label="Keys">
            {keys.slice(0, KEYS_SHOWN).map((key, place) => (
              <button
                key={key}
                type="button"
                className={`chip k${place + 1} ${focusKey !== null && focusKey !== key ? 'off' : ''}`}
                aria-pressed={focusKey === key}
                onClick={() => onFocusKey(focusKey === key ? null : key)}
              >
                {key}
              </button>
            ))}
          </fieldset>
          {keys.length > KEYS_SHOWN && <span>{keys.length - KEYS_SHOWN} more, outlined</span>}
          <span className="hide-s">Click a record, or use the arrow keys, for all of it</span>
          <span className="grow" />
          {group && (
            <>
              <span className="sw">
                <svg width="12" height="10" aria-hidden="true">
                  <path d="M6 1l-5 8h10z" fill="var(--ink)" />
                </svg>
                committed
              </span>
              <span className="sw">
                <svg width="20" height="6" aria-hidden="true">
                  <rect width="20" height="6" fill="url(#lag)" />
                </svg>
                lag
              </span>
            </>
          )}
          {live &&
            (following ? (
              <span className="live">
                <span className="pen" aria-hidden="true" />
                following
              </span>
            ) : (
              <button type="button" className="btn bare" onClick={onFollow}>
                Follow the end
              </button>
            ))}
          {!marked && (
            <span className="sw">
              <svg width="4" height="14" aria-hidden="true">
                <path className={live ? 'pen-l' : 'settled-l'} d="M2 0V14" strokeWidth="2" />
              </svg>
              end of log
            </span>
          )}
        </>
      )}
    </div>
  );
}
