/** The exercise's files as Monaco models, so that its language sees all of them. */
import type { editor } from 'monaco-editor';
import type { Exercise } from '../../exercise-store.ts';
import { difference } from '../../text-difference.ts';
import { monaco } from './monaco-parts.ts';

export interface Models {
  of: (file: string) => editor.ITextModel;
  /** Sets a file's text in one edit that can be undone. */
  write: (file: string, text: string) => void;
}

export function openModels(exercise: Exercise): Models {
  const { plan, drafts } = exercise;
  const texts = () => ({ ...exercise.get().readOnlyFiles, ...drafts.files() });
  const models = new Map<string, editor.ITextModel>();

  function of(file: string): editor.ITextModel {
    const model = models.get(file) ?? monaco.editor.createModel(texts()[file] ?? '', undefined, monaco.Uri.file(`/${file}`));
    // Colour marks keys, not brackets.
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    models.set(file, model);
    return model;
  }

  function write(file: string, text: string) {
    const model = of(file);
    const change = difference(model.getValue(), text);
    if (change.start === change.end && change.text === '') return;
    const range = monaco.Range.fromPositions(model.getPositionAt(change.start), model.getPositionAt(change.end));
    model.pushStackElement();
    model.pushEditOperations([], [{ range, text: change.text }], () => null);
    model.pushStackElement();
  }

  /** Fills in the read-only files once their text is known. */
  function writeReadOnly() {
    const { readOnlyFiles } = exercise.get();
    for (const [file, text] of Object.entries(readOnlyFiles ?? {})) write(file, text);
  }

  for (const file of plan.editable) of(file);
  writeReadOnly();
  let written = exercise.get().readOnlyFiles;
  exercise.subscribe(() => {
    if (exercise.get().readOnlyFiles === written) return;
    written = exercise.get().readOnlyFiles;
    writeReadOnly();
  });
  exercise.onReplaced((files) => {
    for (const [file, text] of Object.entries(files)) write(file, text);
  });

  return { of, write };
}
