import { useSyncExternalStore } from 'react';
import { type EditorLook, FONT_SIZES } from '../client/editor/editor-look.ts';
import { editorSettings, LOOK_OF_DESIGN } from '../client/editor/editor-settings.ts';

const KEYS: readonly [keys: string, does: string][] = [
  ['Ctrl ↵', 'run'],
  ['Ctrl ⇧ ↵', 'check'],
  ['Alt 1 … Alt 5', 'text, code, output, report, lens: go there, again to fold'],
  ['F6, ⇧ F6', 'next pane, the one before'],
  ['Alt Z', 'wrap long lines'],
  ['Ctrl M', 'Tab leaves the editor, or indents'],
  ['Esc, Tab', 'leave the editor once'],
  ['arrows, ⇧ arrows', 'on a border: 16 px, 64 px; Enter: as designed'],
];

/** Settings of the editor, kept for all lessons, and the keys of the workspace. */
export function EditorSettings() {
  const isBuilt = typeof document === 'undefined';
  const look = useSyncExternalStore(
    isBuilt ? () => () => undefined : editorSettings().subscribe,
    () => (isBuilt ? LOOK_OF_DESIGN : editorSettings().get()),
    () => LOOK_OF_DESIGN,
  );
  const set = (change: Partial<EditorLook>) => editorSettings().set(change);
  return (
    <>
      <p className="note" id="tab-note">
        <kbd>Ctrl+M</kbd> {look.tabMoves ? 'lets Tab indent' : 'lets Tab leave'}
      </p>
      <label className="choice">
        Font size
        <select value={look.fontSize} onChange={({ currentTarget }) => set({ fontSize: Number(currentTarget.value) })}>
          {FONT_SIZES.map((size) => (
            <option key={size} value={size}>
              {size} px
            </option>
          ))}
        </select>
      </label>
      <Choice is={look.wraps} set={(wraps) => set({ wraps })}>
        Wrap long lines
      </Choice>
      <Choice is={look.tabMoves} set={(tabMoves) => set({ tabMoves })}>
        Tab leaves the editor
      </Choice>
      <Choice is={look.forReader} set={(forReader) => set({ forReader })}>
        Screen reader mode
      </Choice>
      <details className="keys">
        <summary>Keys</summary>
        <dl>
          {KEYS.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

function Choice({ is, set, children }: { is: boolean; set: (is: boolean) => void; children: string }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={is} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {children}
    </label>
  );
}
