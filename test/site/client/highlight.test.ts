import { describe, expect, test } from 'vitest';
import { highlight as highlightAs } from '../../../site/src/client/highlight.ts';
import { typescriptGrammar } from '../../../site/src/code/typescript-grammar.ts';

const highlight = (text: string) => highlightAs(text, typescriptGrammar);

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('the block under the field', () => {
  test('has the text of the field, letter by letter, whatever is typed', () => {
    const texts = ['const a = `x\n// no comment`; /* open\nend', '"unended\nnext', '<b>&amp;</b>', '', '\n\n', "it's 'so'"];
    for (const text of texts) expect(textOf(highlight(text))).toBe(`${text}\n`);
  });

  test('has one line for each line of the text', () => {
    expect(highlight('/* a\nb */\nc').match(/class="l"/g)).toHaveLength(3);
  });

  test('colours words, strings, numbers and comments, and no words inside a string or after a dot', () => {
    expect(highlight("await producer.from('await 1'); // 2")).toBe(
      '<span class="l"><span class="w">await</span> producer.from(<span class="t">\'await 1\'</span>); <span class="c">// 2</span>\n</span>',
    );
    expect(highlight('x1 = 10_000n')).toContain('<span class="n">10_000n</span>');
  });

  test('closes and reopens a comment at each line end, so that a line is a whole element', () => {
    expect(highlight('/* a\nb */')).toBe(
      '<span class="l"><span class="c">/* a</span>\n</span><span class="l"><span class="c">b */</span>\n</span>',
    );
  });

  test('is self-contained: the page carries it as source text', () => {
    const alone: typeof highlightAs = new Function(`return (${highlightAs})`)();
    expect(alone('const a = 1;', typescriptGrammar)).toBe(highlight('const a = 1;'));
  });
});
