/**
 * TypeScript for the editor: errors, completion, hovers. Loaded by dynamic import once Monaco is ready, so that its worker (the largest
 * file of the page) does not delay the editor itself.
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
  // Monaco sets up a language for its first model, which existed before this file loaded.
  setupTypeScript(typescriptDefaults);
}
