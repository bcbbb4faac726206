import { expect, test } from 'vitest';
import { mutantsOf } from '#sandbox/proof/mutants/mutant.ts';

const replaceAt = (text: string, old: string, now: string, operator = 'op') => {
  const start = text.indexOf(old);
  return { operator, start, end: start + old.length, text: now };
};

test('a mutant is named by operator, line and short text, and shows the changed lines', () => {
  const text = 'one\ntwo  three\nfour\n';
  const [mutant] = mutantsOf({ 'main.ts': text }, (all) => [replaceAt(all, 'two  three', '2\n3')]);
  expect(mutant).toEqual({
    id: 'op 2: two three -> 2 3',
    files: { 'main.ts': 'one\n2\n3\nfour\n' },
    diff: '- two  three\n+ 2\n+ 3',
  });
});

test('names what is inserted, what is dropped, and the line of a list’s last item', () => {
  const text = 'a,\nb\n';
  const ids = (edit: { start: number; end: number; text: string }) =>
    mutantsOf({ 'main.ts': text }, () => [{ operator: 'op', ...edit }]).map(({ id }) => id);
  expect(ids({ start: 0, end: 0, text: ' x ' })).toEqual(['op 1: + x']);
  expect(ids({ start: 0, end: 2, text: '' })).toEqual(['op 1: a,']);
  expect(ids({ start: 1, end: 4, text: '' })).toEqual(['op 2: b']);
});

test('leaves out what equals the solution or another mutant, and numbers equal names', () => {
  const mutants = mutantsOf({ 'main.ts': 'a a' }, () => [
    { operator: 'op', start: 0, end: 1, text: 'a' },
    { operator: 'op', start: 0, end: 1, text: 'b' },
    { operator: 'other', start: 0, end: 3, text: 'b a' },
    { operator: 'op', start: 2, end: 3, text: 'b' },
  ]);
  expect(mutants.map(({ id }) => id)).toEqual(['op 1: a -> b', 'op 1: a -> b #2']);
});

test('changes one file at a time, and names a file beside the first', () => {
  const mutants = mutantsOf({ 'main.ts': 'a', 'more.ts': 'a' }, (text) => [replaceAt(text, 'a', 'b')]);
  expect(mutants.map(({ id, files }) => [id, files])).toEqual([
    ['op 1: a -> b', { 'main.ts': 'b', 'more.ts': 'a' }],
    ['more.ts op 1: a -> b', { 'main.ts': 'a', 'more.ts': 'b' }],
  ]);
});
