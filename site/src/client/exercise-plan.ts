/** What the page knows of its exercise at build: everything but the text of files. The server's answers fill in the rest. */
export interface ExercisePlan {
  /** `log/append`. */
  lesson: string;
  language: 'ts' | 'flink-sql' | 'shell' | 'config';
  /** Editable files in their order; the first is the entry. */
  editable: readonly string[];
  /** Shown beside them: other files of the starter, `cluster.ts`, input modules. Their text comes from the server. */
  readOnly: readonly string[];
  /** Logical topic names in kebab-case. */
  topics: readonly string[];
  /** The most partitions that a topic of this exercise can have: the lens keeps room for so many lanes. */
  lanes: number;
  checks: readonly { id: string; title: string }[];
  hints: readonly string[];
  rounds: number;
  /** Titles of the diagnoses that this exercise's report can name, by their name. */
  diagnoses: Readonly<Record<string, string>>;
  /** Where a report that passed leads to. */
  next: { href: string; title: string } | null;
}
