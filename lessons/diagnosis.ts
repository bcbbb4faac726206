/**
 * Named mistakes. A report names one beside the check that failed; each has a page of its own that explains without solving.
 * Names are permanent. Texts are Markdown with inline code only; an empty line parts paragraphs.
 */
export interface Diagnosis {
  /** Heading of the page and link in the report. */
  title: string;
  /** One or two sentences for the report. */
  explanation: string;
  page: {
    /** What one sees when it happens. */
    happens: string;
    why: string;
    /** How to see it with one's own eyes. */
    see: string;
    /** Which way to mend it, without the lesson's solution. */
    mend: string;
  };
}
