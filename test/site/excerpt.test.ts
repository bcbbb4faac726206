import { describe, expect, test } from 'vitest';
import { cutExcerpt } from '../../site/src/course/excerpt.ts';

const SOURCE = `import { kafka } from './cluster.ts';

async function main() {
  // #region send
  await producer.send({
    topic,
  });
  // #endregion
}
`;

describe('an excerpt of code', () => {
  test('without a part is the whole file, without the marks of its regions', () => {
    const { text, firstLine } = cutExcerpt(SOURCE, 'main.ts', {});
    expect(firstLine).toBe(1);
    expect(text.split('\n')).toHaveLength(7);
    expect(text).not.toContain('#region');
  });

  test('by lines keeps the line numbers of the file', () => {
    expect(cutExcerpt(SOURCE, 'main.ts', { lines: '3-3' })).toEqual({ text: 'async function main() {', firstLine: 3 });
    expect(cutExcerpt(SOURCE, 'main.ts', { lines: '1' }).text).toBe("import { kafka } from './cluster.ts';");
  });

  test('by region removes the indentation that its lines share', () => {
    expect(cutExcerpt(SOURCE, 'main.ts', { region: 'send' })).toEqual({
      text: 'await producer.send({\n  topic,\n});',
      firstLine: 5,
    });
  });

  test('that the file does not have throws an error with the file and the missing part', () => {
    expect(() => cutExcerpt(SOURCE, 'log/append/starter/main.ts', { lines: '8-12' })).toThrow(
      'log/append/starter/main.ts has lines 1 to 9, not "8-12"',
    );
    expect(() => cutExcerpt(SOURCE, 'log/append/starter/main.ts', { region: 'read' })).toThrow(
      'log/append/starter/main.ts has no region "read"',
    );
  });
});
