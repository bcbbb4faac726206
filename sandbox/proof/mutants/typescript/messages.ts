/** Operators on what a program sends, and to where. */
import ts from 'typescript';
import { camelCase } from '#sandbox/languages/typescript/camel-case.ts';
import { calls, nameOf, type Operator, replace } from './operator.ts';

const SENDING = ['send', 'sendBatch'];

/** Drops a key, a header, an option: any property that an object is written with. */
export const dropField: Operator = (node) => {
  if (!ts.isObjectLiteralExpression(node)) return [];
  const { text } = node.getSourceFile();
  return node.properties.map((property, index) => {
    const [before, after] = [node.properties[index - 1], node.properties[index + 1]];
    if (after) return { start: property.getStart(), end: after.getStart(), text: '' };
    if (before) return { start: before.getEnd(), end: property.getEnd(), text: '' };
    const comma = /^\s*,/.exec(text.slice(property.getEnd()))?.[0].length ?? 0;
    return { start: property.getStart(), end: property.getEnd() + comma, text: '' };
  });
};

/** Renames a property to something that no one reads: another header, another field of a value. */
export const renameField: Operator = (node) => {
  if (!ts.isPropertyAssignment(node) || nameOf(node) === null) return [];
  return [replace(node.name, JSON.stringify(`${nameOf(node)}x`))];
};

/** Reads another field of an item: the customer for the id. */
export const otherField: Operator = (node, { fields }) => {
  if (!ts.isPropertyAccessExpression(node) || !fields.includes(node.name.text)) return [];
  if (ts.isCallExpression(node.parent) && node.parent.expression === node) return [];
  return fields.filter((field) => field !== node.name.text).map((field) => replace(node.name, field));
};

/** Reads one field for another of the fields that the program reads of the same object. */
export const fieldOfTheSame: Operator = (node) => {
  if (!ts.isPropertyAccessExpression(node)) return [];
  const owner = node.expression.getText();
  const names = new Set<string>();
  const collect = (other: ts.Node): void => {
    if (ts.isPropertyAccessExpression(other) && other.expression.getText() === owner && !isCalled(other))
      names.add(other.name.text);
    ts.forEachChild(other, collect);
  };
  if (isCalled(node) || owner === 'topics') return [];
  collect(node.getSourceFile());
  return [...names].filter((name) => name !== node.name.text).map((name) => replace(node.name, name));
};

function isCalled(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

export const otherTopic: Operator = (node, { topics }) => {
  if (!ts.isPropertyAccessExpression(node) || node.expression.getText() !== 'topics') return [];
  const others = topics.map(camelCase).filter((topic) => topic !== node.name.text);
  return others.map((topic) => replace(node.name, topic));
};

/** The name in the lesson in place of the name on the broker. */
export const literalTopic: Operator = (node, { topics }) => {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'name') return [];
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.expression.getText() !== 'topics') return [];
  return topics.filter((topic) => camelCase(topic) === expression.name.text).map((topic) => replace(node, `'${topic}'`));
};

export const withoutAcks: Operator = (node) => {
  const [options] = SENDING.some((method) => calls(node, method)) ? (node as ts.CallExpression).arguments : [];
  if (!options || !ts.isObjectLiteralExpression(options)) return [];
  const start = options.getStart() + 1;
  return options.properties.some((property) => nameOf(property) === 'acks') ? [] : [{ start, end: start, text: ' acks: 0,' }];
};

export const otherPartition: Operator = (node) => {
  if (!ts.isObjectLiteralExpression(node)) return [];
  const names = node.properties.map(nameOf);
  if (!names.includes('value') || names.includes('partition')) return [];
  const start = node.getStart() + 1;
  return [{ start, end: start, text: ' partition: 0,' }];
};

/** A value that is not JSON, and one that is JSON twice. */
export const otherSerialization: Operator = (node) => {
  if (!calls(node, 'stringify')) return [];
  const [value] = node.arguments;
  if (!value) return [];
  const text = value.getText();
  return [text, `String(${text})`, `JSON.stringify(${node.getText()})`].map((other) => replace(node, other));
};

const CONVERSIONS = ['toString', 'trim', 'toLowerCase', 'toUpperCase', 'normalize', 'toISOString', 'padStart'];

export const dropConversion: Operator = (node) => {
  if (!CONVERSIONS.some((method) => calls(node, method))) return [];
  const { expression } = (node as ts.CallExpression).expression as ts.PropertyAccessExpression;
  return [replace(node, expression.getText())];
};
