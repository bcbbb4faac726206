import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { bootstrapDebian } from '#sandbox/images/bootstrap-base.ts';
import { EngineFailure, readEngineStream } from '#sandbox/images/engine-stream.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { workspaceImage } from '#sandbox/providers/docker/image/workspace-image.ts';
import { flink } from '#sandbox/services/flink/software.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';
import { temporaryHome } from '../temporary-home.ts';
import { serveEngine } from './fake-engine.ts';

test('reports a failed step with the last lines before it', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.end(
    '{"stream":"Step 1/2 : RUN x\\n"}\n{"stream":"no such mirror\\n"}\n{"errorDetail":{"message":"exit 100"},"error":"exit 100"}\n',
  );
  const failure = await readEngineStream(stream, (line) => lines.push(line)).catch((error) => error);
  expect(failure).toBeInstanceOf(EngineFailure);
  expect(failure).toMatchObject({ message: 'exit 100', lastLines: 'Step 1/2 : RUN x\nno such mirror' });
  expect(lines).toEqual(['Step 1/2 : RUN x', 'no such mirror']);
});

test('uses the image that the configuration names, unchanged, when the engine has it', async () => {
  using home = temporaryHome();
  await using engine = await serveEngine({ 'GET /images/mine:1/json': { status: 200, body: { Id: 'sha256:1' } } });
  const config = { ...home.config, images: { STREAMWRIGHT_KAFKA_IMAGE: 'mine:1' } };
  expect(await ensureImage(serviceImage(kafka), { docker: engine.docker, config })).toBe('mine:1');
});

test('rejects a configured image that is not available, with a hint', async () => {
  using home = temporaryHome();
  await using engine = await serveEngine({
    'POST /images/create': { status: 200, body: { error: 'pull access denied' } },
  });
  const config = { ...home.config, images: { STREAMWRIGHT_FLINK_IMAGE: 'mine:1' } };
  await expect(ensureImage(serviceImage(flink), { docker: engine.docker, config })).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: 'The flink image mine:1 could not be pulled: pull access denied.',
    hint: expect.stringContaining('unset STREAMWRIGHT_FLINK_IMAGE'),
  });
});

test('shows the last lines of a failed build and what a build needs', async () => {
  using home = temporaryHome();
  const steps = '{"stream":"Step 1/9 : FROM x"}\n{"stream":"apt: no mirror"}\n{"error":"returned a non-zero code: 100"}\n';
  await using engine = await serveEngine({
    'GET /images/streamwright/base': { status: 200, body: { Id: 'sha256:base' } },
    'POST /build': { status: 200, text: steps },
  });
  const told: string[] = [];
  const building = ensureImage(workspaceImage, {
    docker: engine.docker,
    config: home.config,
    onProgress: (line) => told.push(line),
  });
  await expect(building).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: 'The workspace image could not be built.\nStep 1/9 : FROM x\napt: no mirror\nreturned a non-zero code: 100',
    hint: expect.stringContaining('npm run images'),
  });
  expect(told).toEqual(['building the workspace image (step 1 of 9) ...']);
});

test('names the package to install, and why, when neither a hub nor mmdebstrap is available', async () => {
  const making = bootstrapDebian(async () => 'never', { config: { path: '' } });
  await expect(making).rejects.toMatchObject({
    message: expect.stringContaining('no hub responds'),
    hint: expect.stringContaining('apt-get install mmdebstrap'),
  });
});
