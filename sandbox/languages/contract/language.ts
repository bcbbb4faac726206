import type { LanguageFacts } from '#lessons/languages.ts';
import type { ExerciseSpec } from '#lessons/schema.ts';
import type { RoundData } from '#sandbox/generators/round.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { OutputCause } from '#sandbox/protocol/report.ts';
import type { WrittenExercise } from './exercise.ts';
import type { TypingHelp } from './help.ts';
import type { Lendable } from './lendable.ts';
import type { StartedProgram, StartRequest } from './program.ts';

/** A language of exercises. Run, Check, the editor and the lens know only this. Each is a folder here and a line of `languages.ts`. */
export interface Language extends LanguageFacts {
  /** What must be lent before a program in it can start. */
  needs: readonly Lendable[];
  /** Keys of `exercise.yaml` that no other language has unless it also names them. */
  ownKeys: readonly 'tables'[];
  /** Returns what an exercise breaks of this language's rules, as `key: expected …, found …`; null when nothing. */
  check(spec: ExerciseSpec): string | null;
  /** Returns the files that the editor shows with the learner's and that no one can edit. */
  readOnlyFiles(exercise: WrittenExercise, data: RoundData): Files;
  /** Starts a program. `lent` must hold everything in `needs`. */
  start(request: StartRequest): StartedProgram;
  /** Help from the server while a learner types; null when there is none. */
  help: TypingHelp | null;
  /** What a program's output tells about why it failed; null where failures do not come as output. */
  output: OutputReader | null;
  /** How messages to the learner name what runs, and what was written: `your query`, `your SQL`. */
  words: { running: string; written: string };
}

/** Logical names of an exercise: `driver-events`. */
export interface ExerciseNames {
  topics: readonly string[];
  inputs: readonly string[];
}

/** Characters of an output's end in which a reader looks. A program may print whatever keeps a pattern busy: twice the text, four times the work. */
export const OUTPUT_END = 8 * 1024;

/** Reads what went wrong from the end of what a program printed. */
export interface OutputReader {
  /** Returns what ended the program; null when its output does not tell. */
  explain(output: string, names: ExerciseNames): OutputCause | null;
  /** Returns what to do about trouble that the program goes on trying to get over; null when there is none. */
  early(output: string, names: ExerciseNames): string | null;
}
