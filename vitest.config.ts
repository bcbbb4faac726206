import { defineConfig } from 'vitest/config';

// The suffix of a test file names what it needs: .test.ts nothing, .kafka.test.ts a broker, .flink.test.ts a broker and a Flink (started
// once a suite), .docker.test.ts a container engine (DOCKER_HOST, or one that answers), .e2e.test.ts a browser.
const NEEDY = ['kafka', 'flink', 'docker', 'e2e'].map((need) => `test/**/*.${need}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: NEEDY } },
      {
        test: {
          name: 'kafka',
          include: ['test/**/*.kafka.test.ts'],
          globalSetup: ['test/kafka-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'flink',
          include: ['test/**/*.flink.test.ts'],
          globalSetup: ['test/flink-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
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
          name: 'e2e',
          include: ['test/**/*.e2e.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
