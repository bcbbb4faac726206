import { join } from 'node:path';
import { exerciseSchema } from '#lessons/schema.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';

/** An exercise with the checks `stored` and `ends`, judged by a grader of `test/fixtures/graders`. */
export function exerciseWith(grader: string): Exercise {
  return {
    lesson: 'test/lesson',
    title: 'A lesson',
    spec: exerciseSchema.parse({
      language: 'ts',
      files: ['main.ts'],
      services: ['kafka'],
      topics: { orders: {} },
      inputs: { orders: { generator: 'orders', count: 3, as: 'module' } },
      checks: { stored: 'It is stored', ends: 'It ends' },
      wrong: {},
      hints: ['1', '2', '3'],
    }),
    starter: { 'main.ts': '' },
    graderPath: join(PROJECT_DIR, 'test/fixtures/graders', grader),
    dir: '',
    contentHash: 'content',
  };
}
