/**
 * Named mistakes. A report names one next to the check that failed; each has its own page that explains without solving.
 * Names are permanent. Texts are Markdown with inline code only; an empty line separates paragraphs.
 */
export interface Diagnosis {
  /** Heading of the page and link in the report. */
  title: string;
  /** One or two sentences for the report. */
  explanation: string;
  page: {
    /** What the learner sees when it happens. */
    happens: string;
    why: string;
    /** How learners can see it for themselves. */
    see: string;
    /** How to approach the fix, without the lesson's solution. */
    mend: string;
  };
}
