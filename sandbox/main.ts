/**
 * `npm start`: builds the site, starts the server and Kafka, and stops them in order.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { PlatformError } from './errors.ts';
import { stopOnSignals } from './host/stop-signals.ts';

const stopping = new AbortController();

/** Sets exit code 0 after a signal, 1 when the server could not start or failed. */
async function main(): Promise<void> {
  const config = readConfig();
  // Modules imported below this line are compiled once: a second start takes half the CPU and 15 MB less.
  enableCompileCache(join(config.home, 'compile-cache'));
  const { buildSite } = await import('../site/build.ts');
  const { prepareMachine } = await import('./app/prepare-machine.ts');
  const { claimInstance } = await import('./app/instance.ts');
  const { startServer } = await import('./app/server.ts');

  const instance = await claimInstance(config.home);
  await prepareMachine(config, say, stopping.signal);
  const starting = startServer(config, {
    port: config.port,
    onProgress: say,
    onService: instance.recordService,
    prepare: async () => {
      await buildSite({ onProgress: say, signal: stopping.signal });
    },
  });
  stopOnSignals({
    limitMs: config.limits.stopMs,
    stop: async (reason) => {
      if ('error' in reason) complain(reason.error);
      say('stopping');
      stopping.abort(new Error('the server stops'));
      const server = await starting.catch(() => null);
      await server?.close();
      instance[Symbol.dispose]();
    },
  });
  const server = await starting;
  instance.recordUrl(server.url);
  for (const problem of server.lessonProblems) say(`this lesson is unavailable: ${problem}`);
  say(`Streamwright is running at ${server.url}`);
  if (config.publicUrl) say(`and, by your proxy or tunnel, at ${config.publicUrl}: whoever can open that address is its learner`);
  await server.ready.then(() => say('Kafka is ready'), explainKafka);
}

function explainKafka(error: unknown): void {
  if (stopping.signal.aborted) return;
  complain(error);
  say(
    'Lessons can be read and drafts are kept, but nothing can be run or checked until this is fixed and the server is restarted.',
  );
}

function say(message: string): void {
  console.log(message);
}

function complain(error: unknown): void {
  if (error instanceof PlatformError) console.error(`${error.message}\nHint: ${error.hint}`);
  else console.error(error instanceof Error ? error.message : error);
}

try {
  await main();
} catch (error) {
  // A start that a signal ended is not an error; the signal's handler ends the process.
  if (!stopping.signal.aborted) {
    complain(error);
    process.exit(1);
  }
}
