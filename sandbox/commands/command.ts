import type { Config } from '#sandbox/config.ts';

/** Options of every command. */
export interface CommandOptions {
  config: Config;
  /** Aborted when the user stops the command. */
  signal: AbortSignal;
}

/** A command of `sandbox/cli.ts`, as `npm run` calls it. */
export interface Command {
  /** One line that shows how to type it. */
  usage: string;
  /**
   * Runs it with the words after its name.
   * @returns the exit code, one of `EXIT`
   * @throws UsageError when it was typed wrongly
   */
  run(args: readonly string[], options: CommandOptions): Promise<number>;
}
