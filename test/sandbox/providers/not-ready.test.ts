import { expect, test } from 'vitest';
import { notReady } from '#sandbox/providers/not-ready.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';

const spec = {
  name: 'kafka',
  software: kafka,
  ports: ['broker'],
  memoryMb: 300,
  ready: { log: 'x' },
  readyTimeoutMs: 1,
  stopTimeoutMs: 0,
};

test.each([
  ['java.lang.ClassNotFoundException: kafka.tools.StorageTool', /^See the lines above/],
  ['java.net.BindException: Address already in use', /^See the lines above/],
  ['', /^See the lines above/],
  ['java.lang.OutOfMemoryError: Java heap space', /^It needs 300 MB of free memory/],
  ['There is insufficient memory for the Java Runtime Environment to continue.', /^It needs 300 MB of free memory/],
  ['java.io.IOException: No space left on device', /^The disk is full/],
])('a hint names a cause only where the log names it', (logTail, hint) => {
  const error = notReady(
    { ...spec, launch: async () => ({ command: ['true'] }) },
    { what: 'ended while it was starting', logTail },
  );
  expect(error.hint).toMatch(hint);
  expect(error.message).toContain(logTail);
});
