/** Marks the line on which the last run failed, as long as the text is the one that ran. */
import type { Exercise } from '../exercise-store.ts';
import { faultOf, type RunFault } from '../run-fault.ts';
import type { EditorView } from './editor-view.ts';

/**
 * Returns what shows the mark in a view; called when the run, the open file or the view has changed. A mark that is there follows its line
 * through edits: it is drawn once for each run and file.
 */
export function faultMark(exercise: Exercise) {
  let drawn: { fault: RunFault | null; view: EditorView; file: string } | null = null;
  let last: { run: object; fault: RunFault | null } | null = null;

  function current(): RunFault | null {
    const { run } = exercise.get();
    if (last?.run !== run) {
      const fault = faultOf(run);
      const isSame = JSON.stringify(fault) === JSON.stringify(last?.fault ?? null);
      last = { run, fault: isSame ? (last?.fault ?? null) : fault };
    }
    return last.fault;
  }

  return (view: EditorView, file: string) => {
    const fault = current();
    if (drawn?.fault === fault && drawn.view === view && drawn.file === file) return;
    drawn = { fault, view, file };
    const ran = exercise.get().run.files?.[file];
    const isHere = fault?.file === file && (ran === undefined || ran === exercise.drafts.files()[file]);
    view.mark(isHere ? { line: fault.line, message: fault.message } : null);
  };
}
