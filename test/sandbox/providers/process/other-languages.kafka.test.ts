/** What programs in other languages need of the kernel: they run under the filter alone, with the machine's files and network. */
import { execFile } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureJava } from '#sandbox/artifacts/java.ts';
import { readConfig } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { seccompFilter } from '#sandbox/providers/process/seccomp.ts';
import { fetchKafka } from '#sandbox/services/kafka/software.ts';
import { stackFixture } from '../../../stack-fixture.ts';

const { path, home } = readConfig();
const bubblewrap = findCommand('bwrap', path);
const python = findCommand('python3', path);
const stack = stackFixture();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'filtered-'));
  await writeFile(join(folder, 'filter.bpf'), seccompFilter(process.arch) ?? '');
});
afterAll(() => rm(folder, { recursive: true }));

/** Returns what a command printed; throws when it fails. */
async function filtered(command: string, args: readonly string[]): Promise<string> {
  const filter = openSync(join(folder, 'filter.bpf'), 'r');
  try {
    // A shell passes the file on by a number that bubblewrap knows.
    const script = `exec 9<"/proc/${process.pid}/fd/${filter}"; exec "$@"`;
    const bwrap = [bubblewrap ?? '', '--dev-bind', '/', '/', '--seccomp', '9', '--', command, ...args];
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script, 'sh', ...bwrap]);
    return stdout;
  } finally {
    closeSync(filter);
  }
}

describe.skipIf(!bubblewrap)('under the filter of programs (needs bubblewrap)', () => {
  test("Kafka's own tools talk to a broker", async () => {
    const [{ command }, jars] = await Promise.all([
      ensureJava({ home, searchPath: path }),
      fetchKafka({ home, searchPath: path }),
    ]);
    // Of 5 s that a tool takes, half go into compiling what runs once.
    const java = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', `${jars}/*`];
    const tool = (...args: string[]) => filtered(command, [...java, ...args]);
    const settings = join(folder, 'client.properties');
    const { username, password } = stack.admin;
    const login = `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`;
    const lines = ['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=SCRAM-SHA-256', `sasl.jaas.config=${login}`];
    await writeFile(settings, lines.join('\n'));
    const topic = 'under-the-filter';
    await stack.kafka.createTopics([{ name: topic, partitions: 1 }]);
    const broker = ['--bootstrap-server', `${stack.endpoint.host}:${stack.endpoint.port}`, '--command-config', settings];
    const configs = ['kafka.admin.ConfigCommand', ...broker, '--entity-type', 'topics', '--entity-name', topic];
    await tool(...configs, '--alter', '--add-config', 'retention.ms=12345');
    expect(await tool(...configs, '--describe')).toContain('retention.ms=12345');
    await stack.kafka.deleteTopics([topic]);
  }, 120_000);

  test.skipIf(!python)('Python has threads, processes, sockets and asyncio', async () => {
    expect(JSON.parse(await filtered(python ?? '', ['-c', PYTHON]))).toEqual({
      thread: 42,
      child: 'child',
      pool: [1, 4, 9],
      socket: 'hello',
      task: 'done',
      spawned: 'spawned',
      random: 16,
    });
  });
});

const PYTHON = `
import asyncio, json, multiprocessing, os, socket, subprocess, sys, threading
said = {}
def square(x): return x * x
thread = threading.Thread(target=lambda: said.update(thread=42)); thread.start(); thread.join()
said['child'] = subprocess.run([sys.executable, '-c', 'print("child")'], capture_output=True, text=True, check=True).stdout.strip()
with multiprocessing.get_context('fork').Pool(2) as pool: said['pool'] = pool.map(square, [1, 2, 3])
server = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(server.getsockname()); peer, _ = server.accept()
peer.sendall(b'hello'); said['socket'] = client.recv(5).decode()
async def main():
    await asyncio.sleep(0.001)
    process = await asyncio.create_subprocess_exec(sys.executable, '-c', 'print("spawned")', stdout=subprocess.PIPE)
    said['spawned'] = (await process.communicate())[0].decode().strip()
    return 'done'
said['task'] = asyncio.run(main())
said['random'] = len(os.urandom(16))
print(json.dumps(said))
`;
