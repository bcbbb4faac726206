/**
 * The languages in which exercises are written, and what a page must know of each to show one. How a language runs and is checked is in
 * `sandbox/languages/`, how the editor helps with it in `site/src/client/editor/languages.ts`.
 */

export interface LanguageFacts {
  /** `Flink SQL` */
  title: string;
  /** What begins a comment that ends with its line. */
  comment: string;
  /** A Run goes on until it is stopped, else until its program ends. */
  goesOn: boolean;
  /** What a Run shows: what the program prints, with topics and groups in the lens; or a table for each query, with Flink's jobs beside the topics. */
  shows: 'output' | 'queries';
  /** Read-only files that each exercise has in addition to those of its `starter/`. */
  provided: readonly string[];
  /** Extension of the files from which a program imports its inputs; null where it cannot. */
  inputModules: string | null;
}

/** By the name that `exercise.yaml` gives. */
export const languages = {
  ts: { title: 'TypeScript', comment: '//', goesOn: false, shows: 'output', provided: ['cluster.ts'], inputModules: 'ts' },
  'flink-sql': { title: 'Flink SQL', comment: '--', goesOn: true, shows: 'queries', provided: [], inputModules: null },
} as const satisfies Record<string, LanguageFacts>;

export type LanguageName = keyof typeof languages;

export const languageNames = Object.keys(languages) as [LanguageName, ...LanguageName[]];
