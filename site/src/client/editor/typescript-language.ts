import 'monaco-editor/languages/definitions/typescript/register.js';
// Its colours, which Monaco would fetch only at the first line.
import 'monaco-editor/languages/definitions/typescript/typescript.js';
import { loadPart } from '../load-part.ts';
import type { EditorLanguage } from './monaco/editor-language.ts';

/** Its worker and the typings of kafkajs and Node load once the editor is ready. */
export const typescriptLanguage: EditorLanguage = {
  id: 'typescript',
  start: () => void loadPart(() => import('./typescript.ts')).then(({ startTypeScript }) => startTypeScript()),
};
