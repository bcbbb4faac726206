import type { EditorSettings } from './editor-settings.ts';

const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
/** What Monaco opens over the text: there, Esc closes it. */
const OPEN_WIDGET = '.suggest-widget.visible, .parameter-hints-widget.visible, .find-widget.visible, .rename-box';

/**
 * Alt+Z turns wrapping on and off. Ctrl+M (Ctrl+Shift+M on a Mac) makes Tab leave the editor until it is pressed again; after Esc, the next
 * Tab leaves it. Reads keys before the field and Monaco do.
 */
export function listenForEditorKeys(editor: HTMLElement, settings: EditorSettings): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.code !== 'KeyZ' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      stop(event);
      settings.set({ wraps: !settings.get().wraps });
    },
    { capture: true },
  );
  editor.addEventListener(
    'keydown',
    (event) => {
      const { tabMoves } = settings.get();
      if (event.code === 'KeyM' && event.ctrlKey && !event.altKey && event.shiftKey === IS_MAC) {
        stop(event);
        settings.set({ tabMoves: !tabMoves });
      } else if (event.key === 'Escape') {
        if (!document.querySelector(OPEN_WIDGET)) editor.dataset.tabOnce = '';
      } else if (event.key !== 'Tab' && event.key !== 'Shift') {
        delete editor.dataset.tabOnce;
      } else if (event.key === 'Tab' && (tabMoves || 'tabOnce' in editor.dataset)) {
        // Neither the field nor Monaco sees this Tab, so the browser moves the focus.
        event.stopPropagation();
      }
    },
    { capture: true },
  );
  editor.addEventListener('focusout', () => delete editor.dataset.tabOnce);
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
