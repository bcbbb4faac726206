/// <reference path="../monaco/monaco.d.ts" />
/** Monaco's TypeScript worker, which also marks what Node refuses. */

import { ts as services, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/ts.worker.js';
import type ts from 'typescript';
import { inLearnersWords, nodeRefusals } from './node-refusals.ts';

const { typescript } = services;
const CATEGORY_ERROR = 1;
/** No code of TypeScript's own, so that it offers no fix. */
const NO_CODE = 0;

export class NodeTypeScriptWorker extends TypeScriptWorker {
  /** Package files are read, not checked. */
  override getScriptFileNames(): string[] {
    return super.getScriptFileNames().filter((name) => !name.endsWith('.json'));
  }

  override async getSyntacticDiagnostics(fileName: string) {
    const file = this.getLanguageService().getProgram()?.getSourceFile(fileName);
    const refused = file ? nodeRefusals(typescript, file) : [];
    const own = refused.map((refusal) => ({ ...refusal, category: CATEGORY_ERROR, code: NO_CODE, file: { fileName } }));
    return [...(await super.getSyntacticDiagnostics(fileName)), ...own];
  }

  override async getSemanticDiagnostics(fileName: string) {
    return (await super.getSemanticDiagnostics(fileName)).map((diagnostic) => ({
      ...diagnostic,
      messageText: inLearnersWords(diagnostic.code, flat(diagnostic.messageText)),
    }));
  }
}

function flat(message: string | ts.DiagnosticMessageChain): string {
  return typescript.flattenDiagnosticMessageText(message, '\n');
}
