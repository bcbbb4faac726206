/** Parts of monaco-editor 0.57 that ship without types. */
declare module 'monaco-editor/languages/features/typescript/tsMode.js' {
  import type { LanguageServiceDefaults } from 'monaco-editor/languages/features/typescript/register.js';

  export function setupTypeScript(defaults: LanguageServiceDefaults): void;
}

declare module 'monaco-editor/languages/features/typescript/ts.worker.js' {
  import type { Diagnostic, LanguageService } from 'typescript';

  export interface WorkerContext {
    getMirrorModels: () => { uri: { path: string; toString: () => string }; version: number; getValue: () => string }[];
  }

  export interface WorkerData {
    compilerOptions: object;
    extraLibs: Record<string, { content: string; version: number }>;
  }

  export type WorkerDiagnostic = Omit<Diagnostic, 'file' | 'relatedInformation'> & { file?: { fileName: string } | undefined };

  export class TypeScriptWorker {
    constructor(context: WorkerContext, data: WorkerData);
    getScriptFileNames(): string[];
    getLanguageService(): LanguageService;
    getSyntacticDiagnostics(fileName: string): Promise<WorkerDiagnostic[]>;
    getSemanticDiagnostics(fileName: string): Promise<WorkerDiagnostic[]>;
  }

  export const ts: { typescript: typeof import('typescript') };
  export function initialize(create: (context: WorkerContext, data: WorkerData) => TypeScriptWorker): void;
}
