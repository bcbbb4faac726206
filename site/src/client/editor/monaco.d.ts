/** A part of monaco-editor 0.57 that has no types of its own. */
declare module 'monaco-editor/languages/features/typescript/tsMode.js' {
  import type { LanguageServiceDefaults } from 'monaco-editor/languages/features/typescript/register.js';

  export function setupTypeScript(defaults: LanguageServiceDefaults): void;
}
