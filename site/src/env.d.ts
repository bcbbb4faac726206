declare namespace App {
  interface Locals {
    /** Set by the lesson page, read by components in its MDX: `<Code>`. */
    lesson?: import('./course/course.ts').CourseLesson;
    /** Number of terms on the page so far; makes their ids unique. */
    terms?: number;
  }
}
