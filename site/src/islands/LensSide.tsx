import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import type { Place } from '../client/lens-layout.ts';
import type { RecordLog } from '../client/record-log.ts';
import { RecordDetail } from './RecordDetail.tsx';

interface Props {
  topic: LensTopic;
  records: RecordLog;
  group: LensGroup | undefined;
  /** Groups that read this topic. */
  groups: readonly LensGroup[];
  pinned: Place | null;
  onGroup: (name: string) => void;
  onClose: () => void;
}

/** Next to the lanes: the end of each partition, with a consumer group's committed offset and lag; or the selected record. */
export function LensSide({ topic, records, group, groups, pinned, onGroup, onClose }: Props) {
  const record = pinned && records.at(topic.name, pinned.partition, pinned.offset);
  if (record) return <RecordDetail record={record} onClose={onClose} />;
  return (
    <div className="state">
      <div className="axis">
        <span className="pname" aria-hidden="true" />
        <span className="num">end</span>
        {group && (
          <>
            <span className="num">committed</span>
            <span className="num">lag</span>
            <span className="owner">
              {groups.length > 1 ? (
                <select value={group.name} onChange={(event) => onGroup(event.target.value)} aria-label="Consumer group">
                  {groups.map(({ name }) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              ) : (
                `owner in ${group.name}`
              )}
            </span>
          </>
        )}
      </div>
      {topic.partitions.map(({ partition, end }, lane) => {
        const read = group?.offsets.find((offset) => offset.topic === topic.name && offset.partition === partition);
        const owner = ownerOf(group, topic.name, partition);
        const above = lane > 0 && owner !== null && ownerOf(group, topic.name, topic.partitions[lane - 1]?.partition) === owner;
        const below = owner !== null && ownerOf(group, topic.name, topic.partitions[lane + 1]?.partition) === owner;
        return (
          <div key={partition}>
            <span className="pname">p{partition}</span>
            <span className="num">{end}</span>
            {group && (
              <>
                <span className="num">{read?.committed ?? '–'}</span>
                <span className="num">{read?.lag ?? '–'}</span>
                <span className={`owner ${owner === null ? '' : 'own'} ${above ? 'bot' : ''} ${below ? 'top' : ''}`}>
                  <b className={above ? 'sr' : undefined}>{owner ?? 'none'}</b>
                </span>
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

function ownerOf(group: LensGroup | undefined, topic: string, partition: number | undefined): string | null {
  const members = group?.members ?? [];
  const place = members.findIndex(({ partitions }) =>
    partitions.some((own) => own.topic === topic && own.partition === partition),
  );
  const member = members[place];
  if (!member) return null;
  return members.filter(({ clientId }) => clientId === member.clientId).length > 1
    ? `${member.clientId} ${place + 1}`
    : member.clientId;
}
