import type { LanguageFacts } from '#lessons/languages.ts';
import type { ExerciseSpec } from '#lessons/schema.ts';
import type { RoundData } from '#sandbox/generators/round.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { WrittenExercise } from './exercise.ts';
import type { TypingHelp } from './help.ts';
import type { Lendable } from './lendable.ts';
import type { StartedProgram, StartRequest } from './program.ts';

/** A language of exercises. Run, Check, the editor and the lens know it by this alone; each is a folder here and a line of `languages.ts`. */
export interface Language extends LanguageFacts {
  /** What must be lent before a program in it can start. */
  needs: readonly Lendable[];
  /** Keys of `exercise.yaml` that no other language has unless it names them too. */
  ownKeys: readonly 'tables'[];
  /** Gives what this language forbids in an exercise, as `key: expected …, found …`; null when all is well. */
  check(spec: ExerciseSpec): string | null;
  /** What the editor shows beside the learner's files, and nobody can change. */
  readOnlyFiles(exercise: WrittenExercise, data: RoundData): Files;
  /** Sets a program going. Everything that `needs` names must be in `lent`. */
  start(request: StartRequest): StartedProgram;
  /** Help while a learner types that the server gives; null where there is none. */
  help: TypingHelp | null;
  /** How a message to the learner speaks of what runs, and of what was written: `your query`, `your SQL`. */
  words: { running: string; written: string };
}
