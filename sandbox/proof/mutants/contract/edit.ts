/** A small change of a program's text: what lies between two offsets is replaced. */
export interface Edit {
  /** `drop-await` */
  operator: string;
  start: number;
  end: number;
  text: string;
}

/** What an operator must know beyond the text that it changes. */
export interface Surroundings {
  /** Logical names of the exercise's topics: `driver-events`. */
  topics: readonly string[];
  /** Names of the fields of the exercise's input items. */
  fields: readonly string[];
  /** Text of the read-only files that run before the program. */
  before: string;
}
