import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { type GroupSample, memberNames, ownerlessMs } from '../client/group-history.ts';

interface HeadProps {
  group: LensGroup | undefined;
  /** Groups that read this topic. */
  groups: readonly LensGroup[];
  onGroup: (name: string) => void;
}

interface Props extends HeadProps {
  topic: LensTopic;
  history: readonly GroupSample[];
  /** The moment shown, by the clock that programs have. */
  atMs: number;
}

/** Next to the lanes: the end of each partition, with a consumer group's committed offset, lag and owners. */
export function LensSide({ topic, group, groups, history, atMs, onGroup }: Props) {
  const names = group ? memberNames([...history, { atMs, groups: [group] }], group.name) : new Map<string, string>();
  const owners = topic.partitions.map(({ partition }) => ownerOf(group, { topic: topic.name, partition, names }));
  return (
    <div className={group ? 'state grouped' : 'state'}>
      <LensSideHead {...{ group, groups, onGroup }} />
      {topic.partitions.map(({ partition, end }, lane) => {
        const committed =
          group?.offsets.find((own) => own.topic === topic.name && own.partition === partition)?.committed ?? null;
        return (
          <div key={partition}>
            <span className="pname">p{partition}</span>
            <span className="num">{end}</span>
            {group && (
              <>
                <span className="num">{committed ?? 'none'}</span>
                <span className="num">{committed === null ? 'all' : Math.max(0, Number(end) - Number(committed))}</span>
                <Owner
                  {...{ owners, lane, group }}
                  waitingMs={waitingMs(history, { group, topic: topic.name, partition, atMs })}
                />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** What the numbers beside the lanes are. Beside the legend where there is room, else above the numbers. */
export function LensSideHead({ group, groups, onGroup }: HeadProps) {
  return (
    <div className={group ? 'axis grouped' : 'axis'}>
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
  );
}

/** A bracket joins the lanes of one owner; its name stands at the first. */
function Owner({
  owners,
  lane,
  group,
  waitingMs,
}: {
  owners: readonly (string | null)[];
  lane: number;
  group: LensGroup;
  waitingMs: number | null;
}) {
  const owner = owners[lane] ?? null;
  if (owner === null && group.members.length === 0) return <span className="owner idle">no member</span>;
  if (owner === null) {
    return (
      <span className="owner own nobody">
        <b>nobody</b>
        {waitingMs !== null && <span className="why">for {(waitingMs / 1_000).toFixed(1)} s</span>}
      </span>
    );
  }
  const above = lane > 0 && owners[lane - 1] === owner;
  const below = owners[lane + 1] === owner;
  return (
    <span className={`owner own ${above ? 'bot' : ''} ${below ? 'top' : ''}`}>
      <b className={above ? 'sr' : undefined}>{owner}</b>
    </span>
  );
}

function waitingMs(
  history: readonly GroupSample[],
  { group, ...at }: { group: LensGroup; topic: string; partition: number; atMs: number },
): number | null {
  return ownerlessMs(history, { group: group.name, ...at });
}

function ownerOf(
  group: LensGroup | undefined,
  { topic, partition, names }: { topic: string; partition: number; names: ReadonlyMap<string, string> },
): string | null {
  const member = group?.members.find(({ partitions }) =>
    partitions.some((own) => own.topic === topic && own.partition === partition),
  );
  return member ? (names.get(member.id) ?? member.clientId) : null;
}
