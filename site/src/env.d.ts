declare namespace App {
  interface Locals {
    /** Set by the lesson page, read by what its MDX calls: `<Code>`. */
    lesson?: import('./course/course.ts').CourseLesson;
    /** How many terms the page has explained so far; makes their ids unique. */
    terms?: number;
  }
}
