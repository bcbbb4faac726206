import type { Breakable } from '#lessons/breaks.ts';
import type { LanguageFacts, LanguageName } from '#lessons/languages.ts';

/** What the page knows about its exercise at build time: all but the text of files. The server's responses fill in the rest. */
export interface ExercisePlan {
  /** `log/append`. */
  lesson: string;
  language: LanguageFacts & { name: LanguageName };
  /** Editable files in display order; the first is the entry. */
  editable: readonly string[];
  /** Shown next to them: other files of the starter, `cluster.ts`, input modules. Their text comes from the server. */
  readOnly: readonly string[];
  /** Logical topic names in kebab-case. */
  topics: readonly string[];
  /** By topic, the field of a record's value that colours it in the lens where it has no key. */
  colourBy: Readonly<Record<string, string>>;
  /** What of its run can be broken, in the order of the buttons. */
  breaks: readonly Breakable[];
  /** The most partitions that a topic of this exercise can have: the lens reserves that many lanes. */
  lanes: number;
  checks: readonly { id: string; title: string }[];
  hints: readonly string[];
  rounds: number;
  /** Titles of the diagnoses that this exercise's report can name, by their name. */
  diagnoses: Readonly<Record<string, string>>;
  /** Link shown below a report that passed. */
  next: { href: string; title: string } | null;
}
