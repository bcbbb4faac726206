import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { exerciseSchema, frontMatterSchema, moduleSchema } from '#lessons/schema.ts';

const base = '../lessons';

/** Returns the id of a folder: `01-log/02-keys/index.mdx` is the lesson `log/keys`. The numbers give only the order. */
function idOfFolder({ entry }: { entry: string }): string {
  return entry
    .split('/')
    .slice(0, -1)
    .map((folder) => folder.replace(/^\d+-/, ''))
    .join('/');
}

export const collections = {
  modules: defineCollection({ loader: glob({ base, pattern: '*/module.yaml', generateId: idOfFolder }), schema: moduleSchema }),
  lessons: defineCollection({
    loader: glob({ base, pattern: '*/*/index.mdx', generateId: idOfFolder }),
    schema: frontMatterSchema,
  }),
  exercises: defineCollection({
    loader: glob({ base, pattern: '*/*/exercise.yaml', generateId: idOfFolder }),
    schema: exerciseSchema,
  }),
};
