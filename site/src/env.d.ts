declare namespace App {
  interface Locals {
    /** Set by the lesson page, read by components in its MDX: `<Code>`. */
    lesson?: import('./course/course.ts').CourseLesson;
    /** Number of terms on the page so far; makes their ids unique. */
    terms?: number;
  }
}

/** Made by `site/publish/proven-lessons.ts`. */
declare module 'virtual:proven-lessons' {
  /** By lesson; those whose record does not cover their folder are missing. */
  export const provenLessons: Readonly<Record<string, import('./course/proven-by.ts').ProvenBy>>;
}
