/** Connects the exercise to the page: keys, events, storage of other tabs, the bar's slot, the panes, the dock, the editor. */
import { listenForCommands } from '../client/commands.ts';
import { showDockMarks } from '../client/dock-mark.ts';
import { draftKey } from '../client/drafts/local-draft.ts';
import { startEditor } from '../client/editor/start-editor.ts';
import { openEvents } from '../client/events.ts';
import { exerciseOfPage } from '../client/exercise.ts';
import { putFilesOnPaper } from '../client/files-on-paper.ts';
import { keepFocus } from '../client/panes/keep-focus.ts';
import { startPanes } from '../client/panes/start-panes.ts';
import { showSavedState } from '../client/saved-state.ts';
import { showConnection } from '../client/show-connection.ts';
import { showPassed } from '../client/show-passed.ts';

/** The sandbox is prepared this long after loading, even if the learner has not touched the page. */
const READY_MS = 2_000;

export function startExercise(): void {
  const exercise = exerciseOfPage();
  const { drafts } = exercise;
  startEditor(exercise);
  listenForCommands(exercise);
  startPanes(exercise);
  showSavedState(exercise);
  showDockMarks(exercise);
  showPassed(exercise);
  showConnection(exercise);
  keepFocus();
  putFilesOnPaper(exercise);

  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === draftKey(exercise.plan.lesson)) drafts.heard(newValue);
  });
  window.addEventListener('online', () => {
    drafts.retry();
    void exercise.lookForServer();
  });
  window.addEventListener('offline', () => void exercise.lookForServer());
  window.addEventListener('pagehide', () => drafts.flush());
  // Meanwhile another tab may have run, checked or saved, or a page that was gone back from.
  const comeBack = () => {
    if (!document.hidden) void exercise.comeBack();
  };
  window.addEventListener('focus', comeBack);
  window.addEventListener('pageshow', ({ persisted }) => persisted && comeBack());
  document.addEventListener('visibilitychange', comeBack);
  openEvents({
    onEvent: (event) => exercise.hear(event),
    onGap: () => void exercise.readAgain(),
    busy: exercise.busy,
    onCut: () => void exercise.lookForServer(),
  });
  void exercise.start();

  const ready = () => void exercise.readySandbox();
  for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, ready, { once: true, passive: true });
  setTimeout(ready, READY_MS);
}
