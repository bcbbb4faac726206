/** Mutation operators for TypeScript, on the compiler's syntax tree. */
import ts from 'typescript';
import type { Edit, Surroundings } from '../contract/edit.ts';
import * as messages from './messages.ts';
import type { Operator } from './operator.ts';
import * as sequences from './sequences.ts';
import * as statements from './statements.ts';
import * as values from './values.ts';

/** By the name in a mutant's id. */
export const OPERATORS = {
  'drop-await': statements.dropAwait,
  'drop-field': messages.dropField,
  'drop-statement': statements.dropStatement,
  'swap-statements': statements.swapStatements,
  'do-twice': statements.doTwice,
  'first-turn-only': statements.firstTurnOnly,
  backwards: sequences.backwards,
  'without-last': sequences.withoutLast,
  'without-first': sequences.withoutFirst,
  'all-again': sequences.allAgain,
  'other-end': sequences.otherEnd,
  'second-element': sequences.secondElement,
  'rename-field': messages.renameField,
  'other-field': messages.otherField,
  'field-of-the-same': messages.fieldOfTheSame,
  'other-topic': messages.otherTopic,
  'literal-topic': messages.literalTopic,
  'without-acks': messages.withoutAcks,
  'other-partition': messages.otherPartition,
  'other-serialization': messages.otherSerialization,
  'drop-conversion': messages.dropConversion,
  'other-number': values.otherNumber,
  'other-text': values.otherText,
  'other-boolean': values.otherBoolean,
  'other-comparison': values.otherComparison,
  'other-calculation': values.otherCalculation,
  'other-logic': values.otherLogic,
  negate: values.negate,
} satisfies Record<string, Operator>;

/** Returns every change that an operator makes and that still compiles. */
export function typescriptEdits(text: string, surroundings: Surroundings): Edit[] {
  const source = ts.createSourceFile('main.ts', text, ts.ScriptTarget.ESNext, true);
  const nodes = nodesBelow(source);
  return Object.entries(OPERATORS)
    .flatMap(([operator, change]) => nodes.flatMap((node) => change(node, surroundings)).map((edit) => ({ operator, ...edit })))
    .filter(({ start, end, text: after }) => compiles(text.slice(0, start) + after + text.slice(end)));
}

function nodesBelow(node: ts.Node): ts.Node[] {
  if (statements.prints(node)) return [];
  const nodes = [node];
  ts.forEachChild(node, (child) => {
    nodes.push(...nodesBelow(child));
  });
  return nodes;
}

/** Types are not checked, because Node does not check them either. */
function compiles(text: string): boolean {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics?.length === 0;
}
