/** Binds the files of the exercise to the field, and replaces the field with Monaco once that has loaded. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { ExercisePlan } from '../exercise-plan.ts';
import type { Exercise } from '../exercise-store.ts';
import { loadPart } from '../load-part.ts';
import { listenForEditorKeys } from './editor-keys.ts';
import { editorSettings } from './editor-settings.ts';
import type { EditorView, OpenFile } from './editor-view.ts';
import { faultMark } from './fault-mark.ts';
import { openField } from './field.ts';
import { loadLanguage } from './languages.ts';

export function startEditor(exercise: Exercise): void {
  const root = document.querySelector<HTMLElement>('[data-editor]');
  if (!root) return;
  const { plan, drafts } = exercise;
  const field = openField(root);
  let view: EditorView = field;
  let front = field.name();
  const mark = faultMark(exercise);

  // When this browser stores nothing, the text typed so far is only in the field.
  drafts.edit(front, field.text());
  root.dataset.taken = '';
  field.onInput((text) => drafts.edit(field.name(), text));
  listenForEditorKeys(root, editorSettings());
  exercise.onReplaced((files) => {
    const text = files[front];
    if (text !== undefined) view.replace(text);
  });
  exercise.onReveal((range) => view.reveal(range));
  exercise.subscribe(() => {
    const { file } = exercise.get();
    if (file !== front) {
      front = file;
      view.open(fileInFront());
    }
    mark(view, front);
  });

  function fileInFront(): OpenFile {
    const { file, readOnlyFiles } = exercise.get();
    const readOnly = !plan.editable.includes(file);
    const texts: Files = readOnly ? (readOnlyFiles ?? {}) : drafts.files();
    return { name: file, text: texts[file] ?? waiting(plan.language), readOnly };
  }

  async function putMonaco(editor: HTMLElement) {
    await pageLoaded();
    await isNear(editor);
    const [{ openMonaco }, language] = await Promise.all([
      loadPart(() => import('./open-monaco.ts')),
      loadLanguage(plan.language.name),
    ]);
    const monaco = await openMonaco(editor, exercise, language);
    await field.idle();
    // No `await` from here on, so every keystroke goes either into the field or into Monaco.
    monaco.takeOver({ file: fileInFront(), place: field.place() });
    view = monaco;
    mark(view, front);
  }
  if (!hasOnlyTouch()) void putMonaco(root);
}

/** Resolves when the page has loaded. Monaco is large, so everything else comes first. */
function pageLoaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => window.addEventListener('load', () => resolve(), { once: true }));
}

/** Resolves when the learner is within a screen of the editor: on a phone, many read the text and never come to it. */
function isNear(editor: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: '100% 0px' },
    );
    observer.observe(editor);
  });
}

function waiting({ comment }: ExercisePlan['language']): string {
  return `${comment} This file comes from the server, which has not responded yet.\n`;
}

/** Returns whether touch is the only input. Monaco does not support touch selection and touch keyboards; the plain field does. */
function hasOnlyTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}
