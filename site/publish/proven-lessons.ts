import type { Plugin } from 'vite';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { readProofs } from '#sandbox/proof/record.ts';
import type { ProvenBy } from '../src/course/proven-by.ts';

/**
 * Returns what proves each lesson. A lesson whose folder differs from its record is missing, as is one whose record does not count right
 * and wrong programs.
 *
 * @param lessonsDir absolute path of the folder with the modules
 */
export async function provenLessons(lessonsDir: string): Promise<Record<string, ProvenBy>> {
  const [proofs, { modules }] = await Promise.all([readProofs(lessonsDir), loadCatalog(lessonsDir)]);
  const proven = modules
    .flatMap(({ lessons }) => lessons)
    .flatMap(({ id, exercise }): [string, ProvenBy][] => {
      const proof = proofs[id];
      const isCovered = proof && exercise && proof.folder === exercise.contentHash;
      if (!isCovered || !proof.right || !proof.wrong) return [];
      const { right, wrong, mutants } = proof;
      const figures = mutants ? { killed: mutants.killed, differing: mutants.mutants - mutants.equivalent } : null;
      return [[id, { right, wrong, mutants: figures }]];
    });
  return Object.fromEntries(proven);
}

const NAME = 'virtual:proven-lessons';

/** Lets pages import `provenLessons` as data: hashing a lesson's folder takes code of the server. */
export function provenLessonsPlugin(lessonsDir: string): Plugin {
  return {
    name: 'proven-lessons',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: async (id) =>
      id === `\0${NAME}` ? `export const provenLessons = ${JSON.stringify(await provenLessons(lessonsDir))};` : null,
  };
}
