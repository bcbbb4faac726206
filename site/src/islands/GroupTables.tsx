import type { LensGroup, LensTopic } from '#sandbox/protocol/lens.ts';
import { type GroupSample, memberNames, membersOverTime } from '../client/group-history.ts';
import { clockOf } from '../client/record-text.ts';

interface Props {
  topic: LensTopic;
  group: LensGroup;
  history: readonly GroupSample[];
}

/** What stands beside the lanes and below them, as tables: how far a group is, and who owned what from when to when. */
export function GroupTables({ topic, group, history }: Props) {
  const names = memberNames(history, group.name);
  const { rows } = membersOverTime(history, { group: group.name, topic: topic.name });
  return (
    <>
      <table className="tbl">
        <caption>How far the group {group.name} is</caption>
        <thead>
          <tr>
            <th className="num">partition</th>
            <th className="num">end</th>
            <th className="num">committed</th>
            <th className="num">lag</th>
            <th>owner</th>
          </tr>
        </thead>
        <tbody>
          {topic.partitions.map(({ partition, end }) => {
            const isOf = (own: { topic: string; partition: number }) => own.topic === topic.name && own.partition === partition;
            const committed = group.offsets.find(isOf)?.committed ?? null;
            const owner = group.members.find(({ partitions }) => partitions.some(isOf));
            return (
              <tr key={partition}>
                <td className="num">{partition}</td>
                <td className="num">{end}</td>
                <td className="num">{committed ?? 'none'}</td>
                <td className="num">{committed === null ? 'all' : Math.max(0, Number(end) - Number(committed))}</td>
                <td>{owner ? (names.get(owner.id) ?? owner.clientId) : 'nobody'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <table className="tbl">
        <caption>Members of the group {group.name} over time</caption>
        <thead>
          <tr>
            <th>member</th>
            <th>from</th>
            <th>to</th>
            <th>partitions</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ id, name, bars }) =>
            bars.map(({ from, to, partitions }) => (
              <tr key={`${id} ${from}`}>
                <td>{name}</td>
                <td>{clockOf(from)}</td>
                <td>{to === null ? 'now' : clockOf(to)}</td>
                <td>{partitions.join(', ') || 'none'}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  );
}
