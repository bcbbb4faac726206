import ts from 'typescript';
import type { Edit, Surroundings } from '../contract/edit.ts';

export type Change = Omit<Edit, 'operator'>;

/** Returns the changes that an operator makes at a node, usually none. */
export type Operator = (node: ts.Node, surroundings: Surroundings) => Change[];

/** Returns the change that puts a text in a node's place. */
export function replace(node: ts.Node, text: string): Change {
  return { start: node.getStart(), end: node.getEnd(), text };
}

/** Returns the name of a property that is written `name: value`, `name` or `'name': value`; null for the rest. */
export function nameOf(property: ts.Node): string | null {
  if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return null;
  return ts.isIdentifier(property.name) || ts.isStringLiteral(property.name) ? property.name.text : null;
}

/** Returns whether an expression calls the method, as in `producer.send(…)`. */
export function calls(node: ts.Node, method: string): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === method;
}
