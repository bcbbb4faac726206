import type { Report } from '#sandbox/protocol/report.ts';
import { Mark } from './Mark.tsx';

/** Each check with the rounds in which it held. */
export function Proven({ report, check }: { report: Report; check: number | null }) {
  const rounds = Array.from({ length: report.rounds }, (_, index) => index + 1);
  return (
    <section className="proven-checks">
      <table>
        <caption>
          <span className="head">What was proven</span>{' '}
          <span className="note">
            seed {report.seed}
            {check !== null && `, check ${check}`}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Check</span>
            </th>
            {rounds.map((round) => (
              <th key={round} scope="col">
                round {round}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.checks.map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {rounds.map((round) => (
                <td key={round}>
                  <Mark kind="pass" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
