import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { type DockerProvider, openDockerProvider } from '#sandbox/providers/docker/provider.ts';
import { small } from '../../contract/small/software.ts';
import { leftOversOf } from './left-overs.ts';

let dir = '';
let provider: DockerProvider;
beforeAll(async () => {
  dir = await makeTemporaryFolder();
  provider = await openDockerProvider({ config: readConfig() });
});
afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

// An engine takes some 100 ms to create a network and as long for a container.
test('a service whose start is stopped at any moment leaves neither a container nor a network', async () => {
  const docker = await connectEngine();
  const left = async () => {
    const { containers, networks } = await leftOversOf(docker, [process.pid]);
    return { containers, networks };
  };
  const before = await left();
  for (let afterMs = 0; afterMs <= 400; afterMs += 40) {
    const stop = new AbortController();
    const starting = provider.startService(
      {
        name: 'small',
        software: small,
        ports: ['main'],
        memoryMb: 50,
        launch: async () => ({ command: ['/bin/sh', '-c', 'exec sleep 1000'] }),
        ready: { log: 'never' },
        readyTimeoutMs: 60_000,
        stopTimeoutMs: 0,
      },
      {
        dir: join(dir, String(afterMs)),
        signal: stop.signal,
        onProgress: (message) => message.startsWith('starting') && pass(afterMs).then(() => stop.abort(new Error('stopped'))),
      },
    );
    await expect(starting).rejects.toThrow('stopped');
    expect({ afterMs, ...(await left()) }).toEqual({ afterMs, ...before });
  }
});
