/** Shows the learner's progress on the home page: the map, and the lesson to continue with. */
import { counted } from '#lessons/counted.ts';
import type { Progress } from '#sandbox/protocol/submission.ts';
import { type LessonState, lessonStates } from '../map/lesson-state.ts';
import { getJson } from './api/get-json.ts';

const WORDS: Record<LessonState, string> = {
  passed: ', passed',
  here: ', you are here',
  open: ', ready to start',
  closed: ', needs others first',
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
  const started = progress.lessons.some(({ state }) => state !== 'not-started');
  const here = nodes.find(({ dataset }) => states.get(dataset.lesson ?? '') === 'here');
  showNext(here, started);
}

function markLesson(id: string, state: LessonState): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-lesson="${id}"]`)) {
    element.dataset.state = state;
    for (const word of element.querySelectorAll('[data-state-word]')) word.textContent = WORDS[state];
  }
  for (const track of document.querySelectorAll<SVGElement>(`[data-from="${id}"]`))
    track.dataset.open = String(state === 'passed');
}

function showNext(here: HTMLElement | undefined, started: boolean): void {
  const button = document.querySelector<HTMLAnchorElement>('[data-next]');
  const note = document.querySelector<HTMLElement>('[data-next-note]');
  if (!button || !note || !started) return;
  if (!here) {
    const count = new Set(
      [...document.querySelectorAll<HTMLElement>('[data-map] [data-lesson]')].map(({ dataset }) => dataset.lesson),
    ).size;
    button.textContent = 'See all lessons';
    button.href = '#map-head';
    note.textContent = `You have passed all ${count} of them.`;
    return;
  }
  button.textContent = `Continue ${here.dataset.name}`;
  button.href = here.getAttribute('href') ?? button.href;
  note.textContent = `About ${counted(Number(here.dataset.minutes), 'minute')}.`;
}
