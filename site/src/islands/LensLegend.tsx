import type { KnownRecord, RecordLog } from '../client/record-log.ts';
import { recordLine } from '../client/record-text.ts';

interface Props {
  topicName: string;
  records: RecordLog;
  live: boolean;
  following: boolean;
  chosen: string | null;
  /** The record that the learner points at or is on. */
  pointed: KnownRecord | undefined;
  /** False where the record is told to screen readers only, because the lens shows all of it or the learner went on. */
  isShown: boolean;
  ordinal: number | undefined;
  /** The moment that is shown, in words; null for now. */
  then: string | null;
  fromStart: boolean;
  onChoose: (identity: string | null) => void;
  onFollow: () => void;
  onAlign: () => void;
}

const KEYS_SHOWN = 6;

/** Above the lanes: the record that is pointed at, else the keys; a click on one joins its records. */
export function LensLegend(props: Props) {
  const { topicName, records, live, following, chosen, pointed, isShown, ordinal, then, fromStart, onChoose, onFollow, onAlign } =
    props;
  const keys = records.keys(topicName);
  const shown = isShown && pointed;
  const first = keys.slice(0, KEYS_SHOWN);
  return (
    <div className="laneslegend note">
      <span className={`pointed data ${shown ? '' : 'sr'}`} role="status">
        {pointed ? recordLine(pointed, ordinal) : ''}
      </span>
      {!shown && (
        <>
          <span>{keys.length === 0 ? 'No key: numbered as they came' : `Path of ${records.colouredBy(topicName)}`}</span>
          <fieldset className="chips" aria-label="Keys">
            {(chosen === null || first.includes(chosen) ? first : [...first, chosen]).map((key) => (
              <button
                key={key}
                type="button"
                className={`chip k${records.colour(topicName, key)?.index ?? 0} ${chosen !== null && chosen !== key ? 'off' : ''}`}
                aria-pressed={chosen === key}
                onClick={() => onChoose(chosen === key ? null : key)}
              >
                {key}
              </button>
            ))}
          </fieldset>
          {keys.length > KEYS_SHOWN && <span>{keys.length - KEYS_SHOWN} more</span>}
          <span className="hide-s how">Click a record, or arrows and Enter, for all of it</span>
          <span className="grow" />
          {then !== null && <span className="then">{then}</span>}
          {then === null && live && following && (
            <span className="live">
              <span className="pen" aria-hidden="true" />
              following
            </span>
          )}
          {then === null && !following && (
            <button type="button" className="btn bare" onClick={onFollow}>
              To the end
            </button>
          )}
        </>
      )}
      {shown && <span className="grow" />}
      <button type="button" className="btn bare align" aria-pressed={fromStart} aria-keyshortcuts="0" onClick={onAlign}>
        from offset 0
      </button>
    </div>
  );
}
