import type { CommandOptions } from './command.ts';
import { runDoctor } from './doctor/doctor.ts';
import type { DoctorLine } from './doctor/line.ts';
import { EXIT, parseWords, UsageError } from './usage.ts';

export const DOCTOR_USAGE = 'npm run doctor';

/** Prints what this machine has and lacks. @returns the exit code, `fail` when something is missing */
export async function doctorCommand(args: readonly string[], { config }: CommandOptions): Promise<number> {
  const { positionals } = parseWords(args, {});
  if (positionals.length > 0) throw new UsageError(`doctor takes no arguments, but was given "${positionals[0]}"`);
  const lines = await runDoctor(config);
  console.log(formatDoctor(lines));
  return lines.some(({ status }) => status === 'missing') ? EXIT.fail : EXIT.pass;
}

function formatDoctor(lines: readonly DoctorLine[]): string {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const mark = { ok: 'ok     ', weak: 'weak   ', missing: 'MISSING' };
  return lines
    .flatMap(({ what, status, found, mend }) => [
      `${mark[status]}  ${what.padEnd(width)}  ${found}`,
      ...(mend ? [`${' '.repeat(width + 11)}fix: ${mend}`] : []),
    ])
    .join('\n');
}
