/** Operators on what a program goes through. */
import ts from 'typescript';
import { calls, type Operator, replace } from './operator.ts';

const READING = ['map', 'forEach', 'filter', 'flatMap', 'reduce'];

/** Returns the sequence that a loop or a method goes through. */
function sequenceOf(node: ts.Node): ts.Expression | null {
  if (ts.isForOfStatement(node)) return node.expression;
  const method = READING.find((name) => calls(node, name));
  return method ? ((node as ts.CallExpression).expression as ts.PropertyAccessExpression).expression : null;
}

const through =
  (change: string): Operator =>
  (node) => {
    const sequence = sequenceOf(node);
    return sequence ? [replace(sequence, sequence.getText() + change)] : [];
  };

export const backwards = through('.toReversed()');
export const withoutLast = through('.slice(0, -1)');
export const withoutFirst = through('.slice(1)');

/** Everything once more, after the rest. */
export const allAgain: Operator = (node) => {
  const sequence = sequenceOf(node);
  return sequence ? [replace(sequence, `[...${sequence.getText()}, ...${sequence.getText()}]`)] : [];
};

/** The first for the last, and the last for the first. */
export const otherEnd: Operator = (node) => {
  if (ts.isElementAccessExpression(node) && node.argumentExpression.getText() === '0')
    return [replace(node, `${node.expression.getText()}.at(-1)`)];
  if (!calls(node, 'at')) return [];
  const [index] = node.arguments;
  if (index?.getText() === '0') return [replace(index, '-1')];
  return index?.getText() === '-1' ? [replace(index, '0')] : [];
};

/** The second of what is taken apart, for the first. */
export const secondElement: Operator = (node) => {
  if (!ts.isArrayBindingPattern(node)) return [];
  const start = node.getStart() + 1;
  return [{ start, end: start, text: ', ' }];
};
