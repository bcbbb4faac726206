import type { Exercise } from '../../exercise-store.ts';
import type { Models } from './models.ts';

/** The language of an exercise in the editor. */
export interface EditorLanguage {
  /** Monaco's id for it. */
  id: string;
  /** Starts to mark errors and to complete; called once the editor is ready. */
  start: (exercise: Exercise, models: Models) => void;
}
