/** A part of monaco-editor 0.57 that ships without types. */
declare module 'monaco-editor/languages/features/typescript/tsMode.js' {
  import type { LanguageServiceDefaults } from 'monaco-editor/languages/features/typescript/register.js';

  export function setupTypeScript(defaults: LanguageServiceDefaults): void;
}
