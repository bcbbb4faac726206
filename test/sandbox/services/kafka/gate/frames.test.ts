import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { Answers } from '#sandbox/services/kafka/gate/answers.ts';
import { ByteReader } from '#sandbox/services/kafka/gate/byte-reader.ts';
import { HEAD_BYTES, LENGTH_BYTES, parseHead } from '#sandbox/services/kafka/gate/request-head.ts';
import { chunksOf, int32, request, sized } from './gate-fixture.ts';

const TRIES = 50;

async function* stream(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function framesOf(chunks: readonly Buffer[]): Promise<Buffer[]> {
  const reader = new ByteReader(stream(chunks));
  const frames: Buffer[] = [];
  for (let start = await reader.peek(HEAD_BYTES); start; start = await reader.peek(HEAD_BYTES)) {
    const frame = await reader.take(LENGTH_BYTES + parseHead(start).bytes);
    if (!frame) break;
    frames.push(frame);
  }
  return frames;
}

test('however a stream is cut into chunks, it holds the same requests', async () => {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const requests = Array.from({ length: randomInt(1, 12) }, () =>
      request(randomInt(0, 90), randomInt(0, 12), randomBytes(randomInt(0, 3) === 0 ? randomInt(0, 100_000) : randomInt(0, 50))),
    );
    const most = [1, 3, 10, 1000, 65_536][randomInt(0, 5)] ?? 1;
    const bytes = Buffer.concat(requests).subarray(0, most < 10 ? 2000 : undefined);
    const whole = requests.filter((_, index) => Buffer.concat(requests.slice(0, index + 1)).length <= bytes.length);
    expect(await framesOf(chunksOf(bytes, most))).toEqual(whole);
  }
});

test('a request that is cut by the end of the stream is none', async () => {
  const whole = request(3, 1, randomBytes(100));
  for (const length of [0, 1, 7, 8, 50, whole.length - 1]) {
    expect(await framesOf([whole, whole.subarray(0, length)])).toEqual([whole]);
  }
});

test.each([0, -1, 7, -(2 ** 31)])('a request of %i bytes is refused', (bytes) => {
  expect(() => parseHead(Buffer.concat([int32(bytes), Buffer.alloc(4)]))).toThrow(`announces ${bytes} bytes`);
});

test('however answers are cut into chunks, each ends once, in order, with its first bytes', () => {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const sent = Array.from({ length: randomInt(1, 12) }, () => randomBytes([0, 4, 6, 15, 16, 17, 5000][randomInt(0, 7)] ?? 0));
    const ended: Buffer[] = [];
    const answers = new Answers();
    for (const _ of sent) answers.expect((head) => ended.push(head));
    for (const chunk of chunksOf(Buffer.concat(sent.map(sized)), [1, 2, 7, 4000][randomInt(0, 4)] ?? 1)) answers.see(chunk);
    expect(ended).toEqual(sent.map((answer) => answer.subarray(0, 16)));
  }
});
