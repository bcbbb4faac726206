import type { Evidence } from '#sandbox/protocol/report.ts';

/** What an expectation throws to fail a check. Everything else that is thrown is a fault of the grader. */
export interface Finding {
  /** One sentence of what was observed, with numbers. */
  message: string;
  expected: string;
  /** One question that leads on, never the answer. Empty where the cause cannot be told from what was seen. */
  question: string;
  /** Key of `lessons/diagnoses.ts`. */
  diagnosis?: string;
  evidence?: readonly Evidence[];
}

export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}
