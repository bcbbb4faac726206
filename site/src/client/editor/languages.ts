/** The language of an exercise in the editor. A lesson loads only its own. */
import type { LanguageName } from '#lessons/languages.ts';
import { loadPart } from '../load-part.ts';
import type { EditorLanguage } from './monaco/editor-language.ts';

/** The editor shows plain text of a language that is not here. */
const LOAD: Partial<Record<LanguageName, () => Promise<EditorLanguage>>> = {
  ts: async () => (await loadPart(() => import('./typescript-language.ts'))).typescriptLanguage,
  'flink-sql': async () => (await loadPart(() => import('./flink-sql/language.ts'))).flinkSqlLanguage,
};

/** Registers a language with Monaco. Returns null when the editor shows plain text. */
export async function loadLanguage(name: LanguageName): Promise<EditorLanguage | null> {
  return (await LOAD[name]?.()) ?? null;
}
