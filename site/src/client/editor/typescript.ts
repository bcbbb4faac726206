/**
 * TypeScript for the editor: errors, completion, hovers. Reached by dynamic import when Monaco stands, so that its worker (the largest
 * file of the page) is not in the way of the editor itself.
 */
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register.js';
import { setupTypeScript } from 'monaco-editor/languages/features/typescript/tsMode.js';
import { typings } from './typings.ts';

export function startTypeScript(): void {
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.setCompilerOptions({
    // As Node runs the files: modules with `.ts` imports, types stripped.
    target: 99,
    module: 99,
    moduleResolution: 2,
    lib: ['esnext'],
    strict: true,
    allowImportingTsExtensions: true,
    allowNonTsExtensions: true,
    erasableSyntaxOnly: true,
    esModuleInterop: true,
    noEmit: true,
    skipLibCheck: true,
  });
  typescriptDefaults.setExtraLibs(Object.entries(typings).map(([path, content]) => ({ filePath: `file:///${path}`, content })));
  // Monaco sets a language up when the first model asks for it, which was before this file came.
  setupTypeScript(typescriptDefaults);
}
