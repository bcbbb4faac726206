import { createStore } from '../store.ts';
import { type EditorLook, LOOK_KEY, lookFrom, showLook } from './editor-look.ts';

export type EditorSettings = ReturnType<typeof openEditorSettings>;

let ofThisPage: EditorSettings | null = null;

/** Returns the editor's settings: one for field, Monaco and menu. */
export function editorSettings(): EditorSettings {
  ofThisPage ??= openEditorSettings();
  return ofThisPage;
}

/** The look that the built page has. */
export const LOOK_OF_DESIGN = lookFrom(null);

function openEditorSettings() {
  const editor = document.querySelector<HTMLElement>('[data-editor]');
  const store = createStore<EditorLook>(lookFrom(read()));
  // Ctrl+M and Alt+Z may have come before this.
  if (editor) store.set({ tabMoves: 'tabFree' in editor.dataset, wraps: 'wraps' in editor.dataset });
  return {
    get: store.get,
    subscribe: store.subscribe,
    set(change: Partial<EditorLook>) {
      const look = { ...store.get(), ...change };
      if (editor) showLook(editor, look);
      store.set(change);
      try {
        localStorage.setItem(LOOK_KEY, JSON.stringify(look));
      } catch (error) {
        console.warn(error);
      }
    },
  };
}

/** Null when the browser keeps nothing. */
function read(): string | null {
  try {
    return localStorage.getItem(LOOK_KEY);
  } catch {
    return null;
  }
}
