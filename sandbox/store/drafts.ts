import type { Kysely } from 'kysely';
import { type Draft, draftSchema } from '#sandbox/protocol/draft.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { sameFiles } from './same-files.ts';
import type { Explain } from './store-error.ts';
import type { Tables } from './tables.ts';

export interface NewDraft {
  learnerId: string;
  lesson: string;
  files: Files;
  /** Version that the edit started from; 0 for the first save. */
  basedOn: number;
  now: Date;
}

export interface Drafts {
  /** Returns version 0 without files when nothing is stored. */
  read(learnerId: string, lesson: string): Promise<Draft>;
  /**
   * Stores the files as the version after `basedOn`, even when nothing is stored, or no longer. `conflict` is the stored draft
   * when someone else saved in between. Saving what is already stored is not a conflict, so a save whose answer was lost can be
   * repeated.
   */
  save(draft: NewDraft): Promise<{ saved: Draft } | { conflict: Draft }>;
}

const NOTHING: Draft = { files: {}, version: 0, savedAt: null };

export function draftsIn(db: Kysely<Tables>, explain: Explain): Drafts {
  async function read(learnerId: string, lesson: string): Promise<Draft> {
    const row = await db
      .selectFrom('drafts')
      .select(['files', 'version', 'saved_at as savedAt'])
      .where('learner_id', '=', learnerId)
      .where('lesson', '=', lesson)
      .executeTakeFirst();
    return row ? draftSchema.parse({ ...row, files: JSON.parse(row.files) }) : NOTHING;
  }

  async function save({ learnerId, lesson, files, basedOn, now }: NewDraft): Promise<{ saved: Draft } | { conflict: Draft }> {
    const saved = { files, version: basedOn + 1, savedAt: now.toISOString() };
    const row = { learner_id: learnerId, lesson, files: JSON.stringify(files), version: saved.version, saved_at: saved.savedAt };
    const started = { ...row, started_at: saved.savedAt };
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('drafts')
      .values(started)
      .onConflict((conflict) =>
        conflict
          .columns(['learner_id', 'lesson'])
          .doUpdateSet({ files: row.files, version: row.version, saved_at: row.saved_at })
          .where('drafts.version', '=', basedOn),
      )
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return { saved };
    const stored = await read(learnerId, lesson);
    return sameFiles(stored.files, files) ? { saved: stored } : { conflict: stored };
  }

  return {
    read: (learnerId, lesson) => explain(() => read(learnerId, lesson)),
    save: (draft) => explain(() => save(draft)),
  };
}
