import { describe, expect, test } from 'vitest';
import { servicesInWords } from '../../site/src/client/services-in-words.ts';
import { endOfRun } from '../../site/src/client/words.ts';
import { paragraphsOf, plainText } from '../../site/src/course/inline-code.ts';

test('text in backticks is code, an empty line separates paragraphs', () => {
  expect(paragraphsOf('Print `topics` first.\n\n`acks: 0` is silent')).toEqual([
    [
      { code: false, text: 'Print ' },
      { code: true, text: 'topics' },
      { code: false, text: ' first.' },
    ],
    [
      { code: true, text: 'acks: 0' },
      { code: false, text: ' is silent' },
    ],
  ]);
});

test('a description has no backticks', () => {
  expect(plainText('`send` returns')).toBe('send returns');
});

test('the end of a run names the signal that ended it, and otherwise the exit code', () => {
  const exited = (exitCode: number) => endOfRun({ kind: 'exited', exitCode, durationMs: 3210 });
  expect(exited(137)).toBe('ended by SIGKILL after 3.2 s, from outside or by itself');
  expect(exited(139)).toBe('ended by SIGSEGV after 3.2 s');
  expect(exited(3)).toBe('exit 3 after 3.2 s');
});

describe('the bar says of each service that the page needs whether it is ready', () => {
  test.each([
    [{ kafka: 'ready' }, ['kafka'], 'kafka ready', 'ready'],
    [{ kafka: 'ready', flink: 'starting' }, ['kafka'], 'kafka ready', 'ready'],
    [{ kafka: 'ready' }, ['kafka', 'flink'], 'kafka ready, flink starting', 'starting'],
    [{ kafka: 'ready', flink: 'starting' }, ['kafka', 'flink'], 'kafka ready, flink starting', 'starting'],
    [{ kafka: 'starting', flink: 'starting' }, ['kafka', 'flink'], 'kafka and flink starting', 'starting'],
    [{ kafka: 'failed', flink: 'ready' }, ['kafka', 'flink'], 'kafka failed, flink ready', 'failed'],
    [{ kafka: 'ready', flink: 'ready' }, ['kafka', 'flink'], 'kafka and flink ready', 'ready'],
    [{ kafka: 'ready', flink: 'starting' }, null, 'kafka ready, flink starting', 'starting'],
  ] as const)('%j, needed %j: %s', (services, needed, words, state) => {
    expect(servicesInWords(services, needed)).toEqual({ words, state, isOpen: state !== 'ready' });
  });
});
