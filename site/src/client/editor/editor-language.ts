import type { Exercise } from '../exercise-store.ts';
import type { Models } from './models.ts';

/** What the editor knows of the language of an exercise. */
export interface EditorLanguage {
  /** Monaco's name for it. */
  id: string;
  /** Begins to mark errors and to complete, once the editor stands. */
  start: (exercise: Exercise, models: Models) => void;
}
