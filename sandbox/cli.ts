/**
 * The commands for authors, CI and operators: `grade`, `prove`, `images`, `doctor`.
 */

import { formatDoctor, runDoctor } from './commands/doctor.ts';
import { GRADE_USAGE, gradeCommand } from './commands/grade-command.ts';
import { IMAGES_USAGE, imagesCommand } from './commands/images-command.ts';
import { PROVE_USAGE, proveCommand } from './commands/prove-command.ts';
import { EXIT, UsageError } from './commands/usage.ts';
import { type Config, readConfig } from './config.ts';
import { PlatformError } from './errors.ts';
import { stopOnSignals } from './host/stop-signals.ts';

const stopping = new AbortController();

async function main([name, ...args]: readonly string[]): Promise<number> {
  const options = { config: readConfig(), signal: stopping.signal };
  switch (name) {
    case 'grade':
      return gradeCommand(args, options);
    case 'prove':
      return proveCommand(args, options);
    case 'images':
      return imagesCommand(args, options);
    case 'doctor':
      return doctor(options.config);
    default:
      throw new UsageError(`there is no command "${name ?? ''}"`);
  }
}

async function doctor(config: Config): Promise<number> {
  const lines = await runDoctor(config);
  console.log(formatDoctor(lines));
  return lines.some(({ status }) => status === 'missing') ? EXIT.fail : EXIT.pass;
}

/** Says what went wrong and gives the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\nUsage:\n  ${GRADE_USAGE}\n  ${PROVE_USAGE}\n  ${IMAGES_USAGE}\n  npm run doctor`);
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
