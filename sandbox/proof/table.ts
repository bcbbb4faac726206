import { counted } from '#lessons/counted.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { holds, type ProofRow } from './grade-programs.ts';
import type { Subject } from './subjects.ts';

/** Formats one line per program: what it must show, how often it did, how long a grading took. */
export function proofTable({ lesson, spec }: Exercise, rows: readonly ProofRow[], seconds: number): string {
  const width = Math.max(...rows.map(({ subject }) => subject.name.length));
  const held = rows.filter(holds).length;
  const lines = rows.map(({ subject, attempts }) => {
    const good = attempts.filter(({ problem }) => problem === null).length;
    const [bad] = attempts.filter(({ problem }) => problem !== null);
    const end = bad ? `seed ${bad.seed}: ${bad.problem}` : wanted(subject, spec);
    return `${bad ? 'BROKEN' : 'ok    '}  ${subject.name.padEnd(width)}  ${good}/${attempts.length}  ${median(attempts).padStart(6)} ms  ${end}`;
  });
  return [
    ...lines,
    `${lesson}: ${held} of ${counted(rows.length, 'program')} ${rows.length === 1 ? 'holds' : 'hold'}, ${seconds.toFixed(1)} s`,
    '',
  ].join('\n');
}

function wanted({ kind, name }: Subject, { wrong }: Exercise['spec']): string {
  if (kind === 'empty') return 'passes no check';
  if (kind === 'starter') return 'fails';
  if (kind !== 'wrong') return 'passes';
  const { fails, diagnosis } = wrong[name.slice('wrong/'.length)] ?? { fails: '' };
  return `fails ${fails}${diagnosis ? `, ${diagnosis}` : ''}`;
}

function median(attempts: ProofRow['attempts']): string {
  const sorted = attempts.map(({ tookMs }) => tookMs).sort((left, right) => left - right);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0);
}
