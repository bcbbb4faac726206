/** What wrong programs got, as lines for `exercise.yaml`: an author reads them and copies those that are right. */
import type { ProofRow } from './grade-programs.ts';
import type { Found } from './rules.ts';

/** Returns the entries of `wrong` with the check, the diagnosis and the question that each program got; what differs between gradings is a comment. */
export function foundLines(rows: readonly Pick<ProofRow, 'subject' | 'attempts'>[]): string {
  const wrong = rows.filter(({ subject }) => subject.kind === 'wrong');
  return ['wrong:', ...wrong.flatMap(linesOf), ''].join('\n');
}

function linesOf({ subject, attempts }: Pick<ProofRow, 'subject' | 'attempts'>): string[] {
  const name = subject.name.slice('wrong/'.length);
  const results = new Set(attempts.map(({ found, problem }) => (found ? entry(found) : `# ${problem ?? 'passed'}`)));
  return [...results].map((result, index) => `  ${index > 0 ? '# or ' : ''}${name}: ${result}`);
}

function entry({ fails, diagnosis, asks }: Found): string {
  const parts = [`fails: ${fails}`, ...(diagnosis ? [`diagnosis: ${diagnosis}`] : []), `asks: ${JSON.stringify(asks)}`];
  return `{ ${parts.join(', ')} }`;
}
