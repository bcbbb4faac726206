/**
 * The commands for authors, CI and operators: `npm run grade`, `prove`, `images`, `doctor`.
 */
import type { Command } from './commands/command.ts';
import { DOCTOR_USAGE, doctorCommand } from './commands/doctor-command.ts';
import { GRADE_USAGE, gradeCommand } from './commands/grade-command.ts';
import { IMAGES_USAGE, imagesCommand } from './commands/images-command.ts';
import { PROVE_USAGE, proveCommand } from './commands/prove-command.ts';
import { EXIT, UsageError } from './commands/usage.ts';
import { readConfig } from './config.ts';
import { PlatformError } from './errors.ts';
import { stopOnSignals } from './host/stop-signals.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['grade', { usage: GRADE_USAGE, run: gradeCommand }],
  ['prove', { usage: PROVE_USAGE, run: proveCommand }],
  ['images', { usage: IMAGES_USAGE, run: imagesCommand }],
  ['doctor', { usage: DOCTOR_USAGE, run: doctorCommand }],
]);
const USAGE = [...COMMANDS.values()].map(({ usage }) => `  ${usage}`).join('\n');

const stopping = new AbortController();

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(`there is no command "${name}"`);
  return command.run(args, { config: readConfig(), signal: stopping.signal });
}

/** Prints what went wrong and returns the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\nUsage:\n${USAGE}`);
    return EXIT.usage;
  }
  if (error instanceof PlatformError) {
    console.error(`${error.message}\nHint: ${error.hint}`);
    const isTypo = error.code === 'LESSON_NOT_FOUND' || error.code === 'NO_EXERCISE';
    return isTypo ? EXIT.usage : EXIT.platformError;
  }
  console.error(error);
  return EXIT.platformError;
}

const running = main(process.argv.slice(2)).catch(explain);
stopOnSignals({
  limitMs: 10_000,
  stop: async (reason) => {
    if ('error' in reason) console.error(reason.error);
    stopping.abort(new Error('the command was stopped'));
    await running;
  },
});
process.exit(await running);
