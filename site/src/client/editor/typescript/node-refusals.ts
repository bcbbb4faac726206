/**
 * What Node refuses and no setting of TypeScript does, and the words for what TypeScript refuses for Node's sake: its own name a setting
 * that a learner cannot see.
 */
import type ts from 'typescript';

/** The part of TypeScript's API that is used here; the editor's worker has its own copy of it. */
type TypeScript = Pick<typeof ts, 'forEachChild' | 'SyntaxKind' | 'isImportDeclaration' | 'isStringLiteral'>;

/** A place in a file, in UTF-16 units. */
export interface Refusal {
  start: number;
  length: number;
  messageText: string;
}

/** Returns what Node's parser refuses in a file that TypeScript takes. */
export function nodeRefusals(typescript: TypeScript, file: ts.SourceFile): Refusal[] {
  const { SyntaxKind } = typescript;
  const found: Refusal[] = [];
  const refuse = (node: ts.Node, messageText: string) => {
    const start = node.getStart(file);
    found.push({ start, length: node.getEnd() - start, messageText });
  };
  const visit = (node: ts.Node): void => {
    if (node.kind === SyntaxKind.Decorator) refuse(node, 'Node does not know decorators. Call the function yourself.');
    if (node.kind === SyntaxKind.AccessorKeyword)
      refuse(node, 'Node does not know accessor fields. Write a field, or get and set.');
    if (typescript.isImportDeclaration(node) && node.importClause?.phaseModifier === SyntaxKind.DeferKeyword)
      refuse(node, 'Node does not know import defer. Leave out defer.');
    const name = typescript.isStringLiteral(node) && isImported(typescript, node) ? node.text : '';
    if (/^\.{1,2}\/.*\.[cm]?js$/.test(name)) refuse(node, exactly(name));
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isImported({ SyntaxKind }: TypeScript, { parent }: ts.StringLiteral): boolean {
  if (parent.kind === SyntaxKind.CallExpression) return parent.getChildAt(0).kind === SyntaxKind.ImportKeyword;
  return parent.kind === SyntaxKind.ImportDeclaration || parent.kind === SyntaxKind.ExportDeclaration;
}

/** TypeScript takes `./a.js` for `./a.ts`. */
function exactly(name: string): string {
  return `Node looks for exactly the file that is named. Write its extension: '${name.replace(/js$/, 'ts')}'.`;
}

const NOT_HERE = 'Files are ES modules, as Node runs them:';

/** Hints by TypeScript's code of an error. They get the texts in quotes of its message. */
const HINTS: Readonly<Record<number, (names: readonly string[]) => string | undefined>> = {
  1294: () => 'Node only removes types: it runs no enum, namespace, parameter property or import alias. Use plain JavaScript.',
  1484: ([name]) => `${name} is only a type, and Node finds no such export. Write: import { type ${name} }.`,
  1205: ([name]) => `${name ?? 'This'} is only a type, and Node finds no such export. Write: export type.`,
  2307: ([name]) =>
    name && !name.startsWith('.')
      ? `There is no '${name}' here. Programs may import kafkajs and Node's own modules, such as 'node:fs'.`
      : undefined,
  2580: commonJs,
  2591: commonJs,
  2304: commonJs,
  2834: () => exactly('./cluster.ts'),
  2835: (names) => exactly(names.at(-1) ?? './cluster.ts'),
};

function commonJs([name]: readonly string[]): string | undefined {
  if (name === 'require') return `${NOT_HERE} there is no require. Write: import fs from 'node:fs'.`;
  if (name === 'module' || name === 'exports') return `${NOT_HERE} there is no ${name}. Write: export.`;
  if (name === '__dirname') return `${NOT_HERE} there is no __dirname. Write: import.meta.dirname.`;
  if (name === '__filename') return `${NOT_HERE} there is no __filename. Write: import.meta.filename.`;
  return undefined;
}

const BYTES = /type '[^']*\bBuffer\b/;

/** Returns TypeScript's message, or a better one where it names settings or types that a learner does not see. */
export function inLearnersWords(code: number, message: string): string {
  const names = [...message.matchAll(/'([^']*)'/g)].map(([, name]) => name ?? '');
  const hint = HINTS[code]?.(names);
  if (hint !== undefined) return hint;
  return BYTES.test(message) ? `${message}\nKafka stores bytes. Write: JSON.stringify(...).` : message;
}
