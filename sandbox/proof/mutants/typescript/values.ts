/** Operators on what a program calculates and compares. */
import ts from 'typescript';
import { type Operator, replace } from './operator.ts';

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
};
const CALCULATIONS: Readonly<Record<string, readonly string[]>> = { '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['/'] };
const LOGIC: Readonly<Record<string, readonly string[]>> = { '&&': ['||'], '||': ['&&'], '??': ['&&'] };

export const otherNumber: Operator = (node) => {
  if (ts.isBigIntLiteral(node)) return ['+ 1n', '- 1n'].map((more) => replace(node, `(${node.text} ${more})`));
  if (!ts.isNumericLiteral(node)) return [];
  return [1, -1].map((more) => replace(node, String(Number(node.text) + more)));
};

export const otherText: Operator = (node) => {
  const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  if (!isText || !isValue(node)) return [];
  return [
    replace(node, "''"),
    replace(node, JSON.stringify(`${node.text}x`)),
    replace(node, JSON.stringify(node.text.toUpperCase())),
  ];
};

function isValue({ parent }: ts.Node): boolean {
  return !ts.isImportDeclaration(parent) && !ts.isExportDeclaration(parent) && !ts.isLiteralTypeNode(parent);
}

export const otherBoolean: Operator = (node) => {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replace(node, 'false')];
  return node.kind === ts.SyntaxKind.FalseKeyword ? [replace(node, 'true')] : [];
};

export const otherComparison: Operator = (node) => otherSign(node, COMPARISONS);
export const otherCalculation: Operator = (node) => otherSign(node, CALCULATIONS);
export const otherLogic: Operator = (node) => otherSign(node, LOGIC);

function otherSign(node: ts.Node, signs: Readonly<Record<string, readonly string[]>>) {
  if (!ts.isBinaryExpression(node)) return [];
  const sign = node.operatorToken;
  return (signs[sign.getText()] ?? []).map((other) => replace(sign, other));
}

export const negate: Operator = (node) => {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [inverse(node.expression)];
  return ts.isConditionalExpression(node) ? [inverse(node.condition)] : [];
};

function inverse(condition: ts.Expression) {
  return replace(condition, `!(${condition.getText()})`);
}
