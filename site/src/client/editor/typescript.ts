/**
 * TypeScript for the editor: errors, completion, hovers. Loaded by dynamic import once Monaco is ready, so that its worker (the largest
 * file of the page) does not delay the editor itself.
 */
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register.js';
import { setupTypeScript } from 'monaco-editor/languages/features/typescript/tsMode.js';
import { NODE_RULES } from './typescript/node-rules.ts';
import { typings } from './typings.ts';

export function startTypeScript(): void {
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.setCompilerOptions(NODE_RULES);
  typescriptDefaults.setExtraLibs(Object.entries(typings).map(([filePath, content]) => ({ filePath, content })));
  // Monaco sets up a language for its first model, which existed before this file loaded.
  setupTypeScript(typescriptDefaults);
}
