import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { apiOf } from '../../test-server.ts';

const kafkaSchema = z.object({
  endpoint: z.object({ host: z.string(), port: z.number() }),
  username: z.string(),
  password: z.string(),
});
const messageSchema = z.union([z.object({ url: z.string() }), z.object({ kafka: kafkaSchema })]);

export type KafkaLogin = z.infer<typeof kafkaSchema>;

/** A server with containers, in its own process. Disposing it kills it with SIGKILL. */
export interface ClassServer extends AsyncDisposable {
  pid: number;
  url: string;
  /** Settles with the login of its Kafka, once it is ready. @throws Error when the server ended before */
  kafka: Promise<KafkaLogin>;
  /** Calls the API as a learner, by number from 0. */
  api(learner: number): ReturnType<typeof apiOf>;
  /** Sends `kill -9` and waits for the end. */
  kill(): Promise<void>;
}

export interface ClassServerOptions {
  home: string;
  learners: number;
  env?: Readonly<Record<string, string>>;
}

/** @throws Error when the server ends before it listens */
export async function startClassServer({ home, learners, env = {} }: ClassServerOptions): Promise<ClassServer> {
  const child = fork(join(PROJECT_DIR, 'test/fixtures/docker/class-server.ts'), [String(learners)], {
    env: { ...process.env, STREAMWRIGHT_PROVIDER: 'docker', STREAMWRIGHT_HOME: home, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const address = Promise.withResolvers<string>();
  const kafka = Promise.withResolvers<KafkaLogin>();
  kafka.promise.catch(() => undefined); // a server that is killed early never has one
  child.on('message', (message) => {
    const said = messageSchema.parse(message);
    if ('url' in said) address.resolve(said.url);
    else kafka.resolve(said.kafka);
  });
  child.once('exit', (code, signal) => {
    const ended = new Error(`the server ended with ${code ?? signal}`);
    address.reject(ended);
    kafka.reject(ended);
  });
  const url = await address.promise;
  const kill = () => end(child);
  return {
    ...{ url, kafka: kafka.promise, kill, pid: child.pid ?? 0, [Symbol.asyncDispose]: kill },
    api: (learner) => apiOf({ url, token: `learner-${learner}` }),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
