/** Shows the learner's progress on the home page: the map, and the lesson to continue with. */
import { counted } from '#lessons/counted.ts';
import type { Progress } from '#sandbox/protocol/submission.ts';
import { type LessonState, lessonStates } from '../map/lesson-state.ts';
import { getJson } from './api/get-json.ts';

const WORDS: Record<LessonState, string> = {
  passed: ', passed',
  here: ', you are here',
  open: ', open to you',
  closed: ', needs more',
};

/** Does nothing when no server responds: the page then shows the course as a new learner sees it. */
export async function showProgress(): Promise<void> {
  const progress = await getJson<Progress>('/api/progress');
  if (!progress) return;
  const nodes = [...document.querySelectorAll<HTMLElement>('[data-map] [data-lesson]')];
  const lessons = nodes.map(({ dataset }) => ({
    id: dataset.lesson ?? '',
    requires: dataset.requires?.split(' ').filter(Boolean) ?? [],
    hasExercise: dataset.text === undefined,
  }));
  const states = lessonStates(lessons, progress.lessons);
  for (const [id, state] of states) markLesson(id, state);
  for (const module of document.querySelectorAll<HTMLElement>('[data-module]')) showModule(module, states);
  const started = progress.lessons.some(({ state }) => state !== 'not-started');
  const here = nodes.find(({ dataset }) => states.get(dataset.lesson ?? '') === 'here');
  const passed = [...states.values()].filter((state) => state === 'passed').length;
  showNext(here, { started, passed, all: states.size });
}

function markLesson(id: string, state: LessonState): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-lesson="${id}"]`)) {
    element.dataset.state = state;
    for (const word of element.querySelectorAll('[data-state-word]')) word.textContent = WORDS[state];
  }
}

/** How many lessons of a module are passed, and whether the learner is in it. */
function showModule(module: HTMLElement, states: ReadonlyMap<string, LessonState>): void {
  const own = [...module.querySelectorAll<HTMLElement>('[data-lesson]')].map(({ dataset }) => states.get(dataset.lesson ?? ''));
  module.classList.toggle('now', own.includes('here'));
  const count = module.querySelector('[data-count]');
  if (count) count.textContent = `${own.filter((state) => state === 'passed').length} of ${own.length}`;
}

function showNext(
  here: HTMLElement | undefined,
  { started, passed, all }: { started: boolean; passed: number; all: number },
): void {
  const button = document.querySelector<HTMLAnchorElement>('[data-next]');
  const note = document.querySelector<HTMLElement>('[data-next-note]');
  if (!button || !note || !started) return;
  if (!here) {
    button.textContent = 'Open any lesson again';
    button.href = '#map-head';
    note.textContent = `You have passed all ${counted(all, 'lesson')}. Your code and reports are kept; a check brings other data.`;
    return;
  }
  button.textContent = `Go on with ${here.dataset.name}`;
  button.href = here.getAttribute('href') ?? button.href;
  note.textContent = `About ${counted(Number(here.dataset.minutes), 'minute')}. ${passed} of ${counted(all, 'lesson')} passed.`;
}
