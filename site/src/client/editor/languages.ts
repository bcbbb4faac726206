/** The languages of the editor. A lesson loads only its own. */
import type { ExercisePlan } from '../exercise-plan.ts';
import { loadPart } from '../load-part.ts';
import type { EditorLanguage } from './monaco/editor-language.ts';

/** Registers a language with Monaco. Returns null when the editor shows plain text. */
export async function loadLanguage(language: ExercisePlan['language']): Promise<EditorLanguage | null> {
  if (language === 'ts') return (await loadPart(() => import('./typescript-language.ts'))).typescriptLanguage;
  if (language === 'flink-sql') return (await loadPart(() => import('./flink-sql/language.ts'))).flinkSqlLanguage;
  return null;
}
