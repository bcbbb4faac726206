/** Monaco by @monaco-editor/react, from our own bundle instead of a CDN. Reached by dynamic import alone. */
import { Editor, loader, type OnMount } from '@monaco-editor/react';
import type { editor } from 'monaco-editor';
import { createRoot } from 'react-dom/client';
import { monaco } from '../client/editor/monaco-parts.ts';

loader.config({ monaco });

/** Renders an editor into an empty element and gives it once it stands there. Its model is the caller's to set. */
export function mountMonaco(
  container: HTMLElement,
  options: editor.IStandaloneEditorConstructionOptions,
): Promise<Parameters<OnMount>[0]> {
  const { theme, ...rest } = options;
  return new Promise((resolve) => {
    createRoot(container).render(
      <Editor theme={theme ?? 'vs'} options={rest} loading={null} onMount={(view) => resolve(view)} />,
    );
  });
}
