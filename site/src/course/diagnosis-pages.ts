import { type Diagnosis, diagnoses } from '#lessons/diagnoses.ts';
import type { CourseLesson } from './course.ts';

export interface DiagnosisPage {
  name: string;
  slug: string;
  href: string;
  diagnosis: Diagnosis;
  /** Lessons that have a wrong program with this diagnosis. */
  lessons: CourseLesson[];
}

/** Returns each diagnosis with the lessons where it can occur. `LATEST_OFFSET` has the page `/diagnoses/latest-offset/`. */
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
