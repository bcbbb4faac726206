/** Operators on what a program does, and in which order. */
import ts from 'typescript';
import { calls, type Operator, replace } from './operator.ts';

export const dropAwait: Operator = (node) => (ts.isAwaitExpression(node) ? [replace(node, node.expression.getText())] : []);

/** A declaration stays: without it, what uses it would not compile. */
export const dropStatement: Operator = (node) => {
  const isDropped = ts.isExpressionStatement(node) || ts.isIfStatement(node) || isLoop(node) || ts.isReturnStatement(node);
  return isDropped ? [replace(node, '')] : [];
};

export const swapStatements: Operator = (node) => {
  if (!ts.isSourceFile(node) && !ts.isBlock(node)) return [];
  const movable = node.statements.filter((one) => !isHoisted(one) && !prints(one));
  return movable.slice(1).flatMap((after, index) => {
    const before = movable[index];
    if (!before || usesWhatIsDeclared(before, after)) return [];
    const between = node.getSourceFile().text.slice(before.getEnd(), after.getStart());
    return [{ start: before.getStart(), end: after.getEnd(), text: after.getText() + between + before.getText() }];
  });
};

/** Its place makes no difference. */
function isHoisted(node: ts.Statement): boolean {
  return ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isFunctionDeclaration(node);
}

/** What a program prints is never judged. */
export function prints(node: ts.Node): boolean {
  return ts.isExpressionStatement(node) && node.expression.getText().startsWith('console.');
}

/** Swapped, `after` would use a name before its declaration, which never compiles. */
function usesWhatIsDeclared(before: ts.Statement, after: ts.Statement): boolean {
  if (!ts.isVariableStatement(before)) return false;
  const names = new Set(before.declarationList.declarations.flatMap(({ name }) => namesIn(name)));
  const uses = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && names.has(node.text)) || ts.forEachChild(node, uses) === true;
  return uses(after);
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

/** A client that is connected or closed twice is connected or closed. */
const IDEMPOTENT = ['connect', 'disconnect'];

/** What is awaited is done twice; of a declaration only its call, so that its name is declared once. */
export const doTwice: Operator = (node) => {
  if (ts.isExpressionStatement(node) && ts.isAwaitExpression(node.expression) && !isIdempotent(node.expression.expression))
    return [replace(node, `${node.getText()} ${node.getText()}`)];
  if (!ts.isVariableStatement(node)) return [];
  const [declared] = node.declarationList.declarations;
  if (!declared?.initializer || !ts.isAwaitExpression(declared.initializer)) return [];
  return [replace(node, `${declared.initializer.getText()}; ${node.getText()}`)];
};

export const firstTurnOnly: Operator = (node) => {
  if (!isLoop(node) || !ts.isBlock(node.statement)) return [];
  const end = node.statement.getEnd() - 1;
  return [{ start: end, end, text: 'break; ' }];
};

function isIdempotent(call: ts.Expression): boolean {
  return IDEMPOTENT.some((method) => calls(call, method));
}

function isLoop(node: ts.Node): node is ts.IterationStatement {
  return ts.isIterationStatement(node, false);
}
