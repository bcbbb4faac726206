/** Monaco by @monaco-editor/react, from our own bundle instead of a CDN. Loaded only by dynamic import. */
import { Editor, loader, type OnMount } from '@monaco-editor/react';
import type { editor } from 'monaco-editor';
import { createRoot } from 'react-dom/client';
import { monaco } from './monaco-parts.ts';

loader.config({ monaco });

/** Renders an editor into an empty element and resolves with it once it is mounted. The caller sets its model. */
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
