/**
 * Parts of Monaco that its core imports and no lesson's editor can reach: comparing editors, drawing by the graphics card, tree-sitter,
 * colour pickers, inline hints, pasting by a list of kinds, trees, and the list of all commands. What stands in for each has the names that other
 * parts import from it, with answers that mean "there is none".
 */
import type { Plugin } from 'vite';

const NEVER = (name: string) => `export class ${name} {}`;

/** By path below `monaco-editor/esm/vs/`, without the extension. */
export const MONACO_CUTS: Readonly<Record<string, string>> = {
  'editor/browser/widget/diffEditor/diffEditorWidget': NEVER('DiffEditorWidget'),
  'editor/browser/widget/multiDiffEditor/multiDiffEditorWidget': NEVER('MultiDiffEditorWidget'),
  'editor/browser/gpu/viewGpuContext': NEVER('ViewGpuContext'),
  'editor/browser/viewParts/viewLinesGpu/viewLinesGpu': NEVER('ViewLinesGpu'),
  'editor/browser/viewParts/rulersGpu/rulersGpu': NEVER('RulersGpu'),
  'editor/browser/viewParts/gpuMark/gpuMark': NEVER('GpuMarkOverlay'),
  'editor/common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend': NEVER('TreeSitterSyntaxTokenBackend'),
  'editor/contrib/dropOrPasteInto/browser/copyPasteController':
    'export class CopyPasteController { static get() { return null; } }',
  'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPicker': 'export const isOnColorDecorator = () => false;',
  'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPickerParticipant': `${NEVER('ColorHover')} ${NEVER('HoverColorPickerParticipant')}`,
  'editor/contrib/inlayHints/browser/inlayHintsHover': NEVER('InlayHintsHover'),
  'editor/contrib/gotoSymbol/browser/link/goToDefinitionAtPosition':
    'export class GotoDefinitionAtPositionEditorContribution { static get() { return null; } }',
  'editor/contrib/inlineCompletions/browser/hintsWidget/inlineCompletionsHintsWidget':
    'export class InlineSuggestionHintsContentWidget { static dropDownVisible = false; }',
  'editor/standalone/browser/quickInput/standaloneQuickInputService': NEVER('StandaloneQuickInputService'),
  'editor/common/diff/linesDiffComputers': 'export const linesDiffComputers = {};',
  'platform/list/browser/listService': `
    import { createDecorator } from '../../instantiation/common/instantiation.js';
    export const IListService = createDecorator('listService');
    ${NEVER('ListService')}`,
};

const PATH = /\/monaco-editor\/esm\/vs\/(.+)\.js$/;

/** Code taken out of a module of Monaco, each with what is left in its place. */
const EDITS: Readonly<Record<string, [taken: RegExp, left: string]>> = {
  // It imports every feature of Monaco, and uses none.
  'internal/common/workers': [/^import '[^']+';$/gm, ''],
  // The worker of TypeScript is the project's own; Monaco's would be built a second time for nobody.
  'languages/features/typescript/workerManager': [
    /new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{[^}]*\}\)/g,
    'undefined',
  ],
};

/** Returns a module of Monaco without what no editor here uses; null leaves it as it is. */
export function withoutCuts(path: string, code: string): string | null {
  const edit = EDITS[path];
  if (!edit) return null;
  const [taken, left] = edit;
  const shorter = code.replaceAll(taken, left);
  if (shorter === code)
    throw new Error(`monaco-editor's ${path}.js has no ${taken}. Hint: read what this version has in its place.`);
  return shorter;
}

export function monacoCutsPlugin(): Plugin {
  const pathOf = (id: string) => PATH.exec(id)?.[1] ?? '';
  return {
    name: 'monaco-cuts',
    enforce: 'pre',
    load: (id) => MONACO_CUTS[pathOf(id)] ?? null,
    transform(code, id) {
      const shorter = withoutCuts(pathOf(id), code);
      return shorter === null ? null : { code: shorter, map: null };
    },
  };
}
