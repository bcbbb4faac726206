import { defineConfig } from 'vitest/config';

// The suffix of a test file names what it needs: .test.ts nothing, .kafka.test.ts a broker, .flink.test.ts a broker and a Flink (started
// once a suite), .docker.test.ts a container engine (DOCKER_HOST, or one that answers), .e2e.test.ts a browser. .timed.test.ts and
// .timed-docker.test.ts measure the whole machine, so that nothing may run beside them.
// Whether an engine answers or not, these run as processes; what runs in containers says so.
const AS_PROCESSES = { STREAMWRIGHT_PROVIDER: 'process' };
/** What is waited for comes late on a busy machine; vitest's own limit is a second. */
const PATIENT = { expect: { poll: { timeout: 20_000 } } };
const NEEDY = ['kafka', 'flink', 'docker', 'e2e', 'timed', 'timed-docker'].map((need) => `test/**/*.${need}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      // A busy machine is slow, and slowness is no failure: what a unit test measures, it compares.
      {
        test: {
          ...PATIENT,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: NEEDY,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'kafka',
          env: AS_PROCESSES,
          include: ['test/**/*.kafka.test.ts'],
          globalSetup: ['test/kafka-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'flink',
          env: AS_PROCESSES,
          include: ['test/**/*.flink.test.ts'],
          globalSetup: ['test/flink-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'docker',
          include: ['test/**/*.docker.test.ts'],
          globalSetup: ['test/docker-images.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'e2e',
          env: AS_PROCESSES,
          include: ['test/**/*.e2e.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'timed',
          env: AS_PROCESSES,
          include: ['test/**/*.timed.test.ts'],
          globalSetup: ['test/kafka-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'timed-docker',
          include: ['test/**/*.timed-docker.test.ts'],
          globalSetup: ['test/docker-images.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
