/**
 * What TypeScript must refuse because Node does: Node removes types and changes nothing else, and a workspace holds ES modules only.
 * Numbers as in TypeScript's enums, which Monaco's typings list only in part.
 */
export const NODE_RULES = {
  target: 99, // ESNext
  module: 199, // NodeNext: files need extensions, and CommonJS packages give what Node gives
  moduleResolution: 99, // NodeNext
  moduleDetection: 3, // Force: a file without an import is a module too
  lib: ['lib.esnext.d.ts'],
  strict: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  experimentalDecorators: false,
  noEmit: true,
  skipLibCheck: true,
};
