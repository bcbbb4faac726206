/** Opens Monaco on the same files and lets it take over from the field. Loaded only by dynamic import. */
import type { editor } from 'monaco-editor';
import type { Exercise } from '../exercise-store.ts';
import { type EditorLook, rowPx } from './editor-look.ts';
import { editorSettings } from './editor-settings.ts';
import type { EditorView, OpenFile } from './editor-view.ts';
import type { FieldPlace } from './field.ts';
import type { EditorLanguage } from './monaco/editor-language.ts';
import { openModels } from './monaco/models.ts';
import { monaco } from './monaco/monaco-parts.ts';
import { monacoRange } from './monaco/monaco-range.ts';
import { followTheme } from './monaco/monaco-theme.ts';
import { mountMonaco } from './monaco/mount-monaco.tsx';

/** Left edge of the field's text in pixels, as in the CSS. */
const TEXT_LEFT = 64;
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

const OPTIONS = {
  fontFamily: '"Commit Mono", "Commit Mono fallback", ui-monospace, monospace',
  fontLigatures: false,
  tabSize: 2,
  minimap: { enabled: false },
  folding: false,
  glyphMargin: false,
  lineNumbersMinChars: 5,
  lineDecorationsWidth: 25,
  padding: { top: 10, bottom: 10 },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'all',
  renderFinalNewline: 'on',
  renderLineHighlightOnlyWhenFocus: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
  stickyScroll: { enabled: false },
  guides: { indentation: false },
  occurrencesHighlight: 'off',
  unicodeHighlight: { ambiguousCharacters: false },
  quickSuggestions: { other: true, comments: false, strings: false },
  wordBasedSuggestions: 'off',
  fixedOverflowWidgets: true,
  automaticLayout: true,
  // Rows begin and break where those of the field do, which cannot indent them.
  wrappingIndent: 'none',
  wrappingStrategy: 'advanced',
  cursorSurroundingLines: 0,
} satisfies editor.IStandaloneEditorConstructionOptions;

export interface MonacoView extends EditorView {
  /** Replaces the field, keeping its text, caret, selection, scroll and focus. */
  takeOver: (from: { file: OpenFile; place: FieldPlace }) => void;
}

/** @param language null for plain text */
export async function openMonaco(root: HTMLElement, exercise: Exercise, language: EditorLanguage | null): Promise<MonacoView> {
  const container = root.querySelector<HTMLElement>('.monaco');
  if (!container) throw new Error('The editor has no .monaco; components/Exercise.astro writes it.');
  // Monaco measures characters once; with the fallback font, every column would be off.
  await Promise.all([loadFont('400 13px "Commit Mono"'), loadFont('600 13px "Commit Mono"')]);
  followTheme();
  const models = openModels(exercise);
  const view = await mountMonaco(container, { ...OPTIONS, ...lookOfMonaco(editorSettings().get()), theme: 'streamwright' });
  view.setModel(models.of(exercise.get().file));
  // Monaco loads a language on first use; the text would appear without colours until then.
  if (language) await monaco.editor.colorize('', language.id, {}).catch(withoutIt);
  await untilIdle();
  view.updateOptions({ lineDecorationsWidth: TEXT_LEFT - view.getLayoutInfo().lineNumbersWidth });
  const places = new Map<string, editor.ICodeEditorViewState | null>();
  let front = exercise.get().file;

  function show({ name, text, readOnly }: OpenFile) {
    models.write(name, text);
    view.setModel(models.of(name));
    view.updateOptions({ readOnly, ariaLabel: readOnly ? `${name}, read-only` : `${name}, editor. ${tabNote()}` });
    front = name;
  }

  view.onDidChangeModelContent(() => {
    const text = view.getModel()?.getValue(monaco.editor.EndOfLinePreference.LF);
    if (text !== undefined) exercise.drafts.edit(front, text);
  });
  const settings = editorSettings();
  const look = () => {
    view.updateOptions(lookOfMonaco(settings.get()));
    view.updateOptions({ lineDecorationsWidth: TEXT_LEFT - view.getLayoutInfo().lineNumbersWidth });
  };
  settings.subscribe(look);
  const marks = view.createDecorationsCollection();

  return {
    open(file) {
      places.set(front, view.saveViewState());
      show(file);
      const place = places.get(file.name);
      if (place) view.restoreViewState(place);
    },
    replace(text) {
      models.write(front, text);
    },
    mark(fault) {
      if (!fault) return marks.clear();
      marks.set([
        {
          range: new monaco.Range(fault.line, 1, fault.line, 1),
          options: {
            isWholeLine: true,
            className: 'fault-line',
            linesDecorationsClassName: 'fault-cross',
            hoverMessage: { value: fault.message, supportHtml: false },
          },
        },
      ]);
    },
    reveal(range) {
      const place = monacoRange(range);
      view.setSelection(place);
      view.revealRangeInCenterIfOutsideViewport(place, monaco.editor.ScrollType.Immediate);
      view.focus();
    },
    takeOver({ file, place }) {
      show(file);
      view.setScrollPosition({ scrollTop: place.scrollTop, scrollLeft: place.scrollLeft }, monaco.editor.ScrollType.Immediate);
      const model = view.getModel();
      if (model) {
        const [from, to] = place.backward ? [place.end, place.start] : [place.start, place.end];
        view.setSelection(monaco.Selection.fromPositions(model.getPositionAt(from), model.getPositionAt(to)));
      }
      if (model) colourUntil(model, view.getVisibleRanges().at(-1)?.endLineNumber ?? 1);
      view.render(true);
      root.dataset.shows = 'monaco';
      if (place.focused) view.focus();
      language?.start(exercise, models);
    },
  };
}

function lookOfMonaco({ fontSize, wraps, forReader }: EditorLook): editor.IEditorOptions {
  return {
    fontSize,
    lineHeight: rowPx(fontSize),
    wordWrap: wraps ? 'on' : 'off',
    accessibilitySupport: forReader ? 'on' : 'auto',
  };
}

/** Loads a font. When that fails, its fallback stays, with characters of the same width. */
function loadFont(font: string): Promise<unknown> {
  return document.fonts.load(font).catch(withoutIt);
}

/** Only logs the error: an editor without colours or its own font is better than none. */
function withoutIt(error: unknown): void {
  console.warn(error);
}

/** Colours lines now. Monaco does so by itself when the browser is idle, which a busy machine may never be; its types leave this out. */
function colourUntil(model: editor.ITextModel & { tokenization?: { forceTokenization?: (line: number) => void } }, line: number) {
  model.tokenization?.forceTokenization?.(line);
}

/** Resolves when the browser has been idle, which is when Monaco colours lines. */
async function untilIdle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise<void>((resolve) => {
      // Safari has no idle callbacks.
      if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 200 });
      else setTimeout(resolve, 50);
    });
  }
}

function tabNote(): string {
  return `Tab indents; ${IS_MAC ? 'Control+Shift+M' : 'Control+M'} makes it move the focus.`;
}
