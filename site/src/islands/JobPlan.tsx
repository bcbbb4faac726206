import type { LensJob } from '#sandbox/protocol/lens.ts';
import { modeSigns, modeWords } from '../client/changelog-mode.ts';
import { watermarkWords } from '../client/event-clock.ts';
import { inFlow, sourceWatermark } from '../client/jobs-state.ts';
import { ScrollRegion } from './ScrollRegion.tsx';

/** The plan of a job in words: what each operator does to rows, what it keeps, and its numbers as a table. */
export function JobPlan({ job }: { job: LensJob }) {
  const operators = inFlow(job.operators);
  const numberOf = (id: string) => operators.findIndex((operator) => operator.id === id) + 1;
  return (
    <ScrollRegion className="jobplan" label="Plan of the job">
      <table className="tbl">
        <thead>
          <tr>
            <th className="num">no.</th>
            <th>operator</th>
            <th>what it does to rows</th>
            <th>reads from</th>
            <th className="num">in</th>
            <th className="num">out</th>
            <th>emits</th>
            <th>watermark</th>
            <th className="num">busy</th>
            <th className="num">subtasks</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((operator) => {
            const { id, type, name, says, detail, inputs, recordsIn, recordsOut, changelogMode, busyPercent, parallelism } =
              operator;
            const isEnd = inputs.length > 0 && !operators.some((other) => other.inputs.includes(id));
            return (
              <tr key={id}>
                <td className="num">{numberOf(id)}</td>
                <td>
                  <b className="strong">{name}</b>
                  <span className="note flinks">{type}</span>
                </td>
                <td className="says">{says || detail}</td>
                <td>{inputs.map(numberOf).join(', ') || 'a topic'}</td>
                <td className="num">{recordsIn.toLocaleString('en-GB')}</td>
                <td className="num">{isEnd ? '–' : recordsOut.toLocaleString('en-GB')}</td>
                <td title={changelogMode ? modeWords(changelogMode) : undefined}>{changelogMode && modeSigns(changelogMode)}</td>
                <td>{watermarkWords(sourceWatermark(operator))}</td>
                <td className="num">{busyPercent === null ? '' : `${Math.round(busyPercent)}%`}</td>
                <td className="num">{parallelism}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
