import { type Diagnosis, diagnoses } from '#lessons/diagnoses.ts';
import type { CourseLesson } from './course.ts';

export interface DiagnosisPage {
  name: string;
  slug: string;
  href: string;
  diagnosis: Diagnosis;
  /** Lessons whose wrong programs meet it. */
  lessons: CourseLesson[];
}

/** Every diagnosis with the lessons in which it can be met. `LATEST_OFFSET` has the page `/diagnoses/latest-offset/`. */
export function diagnosisPages(lessons: readonly CourseLesson[]): DiagnosisPage[] {
  return Object.entries<Diagnosis>(diagnoses).map(([name, diagnosis]) => {
    const slug = name.toLowerCase().replaceAll('_', '-');
    return {
      name,
      slug,
      href: `/diagnoses/${slug}/`,
      diagnosis,
      lessons: lessons.filter(({ exercise }) => Object.values(exercise?.wrong ?? {}).some((wrong) => wrong.diagnosis === name)),
    };
  });
}
