/** Binds the files of the exercise to the field, and puts Monaco in its place when it has loaded. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { ExercisePlan } from '../exercise-plan.ts';
import type { Exercise } from '../exercise-store.ts';
import { loadPart } from '../load-part.ts';
import type { EditorView, OpenFile } from './editor-view.ts';
import { openField } from './field.ts';

export function startEditor(exercise: Exercise): void {
  const root = document.querySelector<HTMLElement>('[data-editor]');
  if (!root) return;
  const { plan, drafts } = exercise;
  const field = openField(root);
  let view: EditorView = field;
  let front = field.name();

  // Where this browser keeps nothing, what was typed before this moment stands in the field alone.
  drafts.edit(front, field.text());
  root.dataset.taken = '';
  field.onInput((text) => drafts.edit(field.name(), text));
  root.addEventListener('tab-free', () => exercise.setTabFree('tabFree' in root.dataset));
  exercise.onReplaced((files) => {
    const text = files[front];
    if (text !== undefined) view.replace(text);
  });
  exercise.onReveal((range) => view.reveal(range));
  exercise.subscribe(() => {
    const { file } = exercise.get();
    if (file === front) return;
    front = file;
    view.open(fileInFront());
  });

  function fileInFront(): OpenFile {
    const { file, readOnlyFiles } = exercise.get();
    const readOnly = !plan.editable.includes(file);
    const texts: Files = readOnly ? (readOnlyFiles ?? {}) : drafts.files();
    return { name: file, text: texts[file] ?? waiting(plan.language), readOnly };
  }

  async function putMonaco(editor: HTMLElement) {
    await pageLoaded();
    const { openMonaco } = await loadPart(() => import('./open-monaco.ts'));
    const monaco = await openMonaco(editor, exercise);
    await field.idle();
    // From here to the end nothing is awaited: what is typed goes either into the field or into Monaco.
    monaco.takeOver({ file: fileInFront(), place: field.place() });
    view = monaco;
  }
  if (!hasOnlyTouch()) void putMonaco(root);
}

/** Monaco is large: whatever else the page needs comes first. */
function pageLoaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => window.addEventListener('load', () => resolve(), { once: true }));
}

function waiting(language: ExercisePlan['language']): string {
  const comment = { ts: '//', 'flink-sql': '--', shell: '#', config: '#' }[language];
  return `${comment} This file comes from the server, which has not answered yet.\n`;
}

/** The system's own field is better at touch selection and at touch keyboards than Monaco, which does not support them. */
function hasOnlyTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}
