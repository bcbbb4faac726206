/** The exercise of this page: one for all islands. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { api } from './api/api.ts';
import { reached } from './api/reached.ts';
import type { DraftStorage } from './drafts/local-draft.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { createExercise, type Exercise } from './exercise-store.ts';
import type { CourseStep } from './next-step.ts';

let ofThisPage: Exercise | null = null;

/** @throws Error when the page holds no exercise */
export function exerciseOfPage(): Exercise {
  if (ofThisPage) return ofThisPage;
  const exercise = createExercise({
    plan: readJson<ExercisePlan>('exercise-plan'),
    starter: readJson<Files>('exercise-starter'),
    api,
    storage,
    course: () => readJson<CourseStep[]>('course'),
    now: Date.now,
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    exclusive,
  });
  reached.add(exercise.reached);
  ofThisPage = exercise;
  return exercise;
}

function readJson<T>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}; components/Exercise.astro renders it.`);
  return JSON.parse(element.textContent);
}

/** Lets the tabs of a lesson save one at a time, so that each names the version that the one before it created. */
async function exclusive(work: () => Promise<void>): Promise<void> {
  // Web Locks exist only on https and localhost; elsewhere, a clash of two tabs appears as a conflict.
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(`streamwright:draft:${location.pathname}`, work);
}

/** Accessing `localStorage` throws when the browser forbids it; drafts then report that nothing is kept here. */
const storage: DraftStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
};
