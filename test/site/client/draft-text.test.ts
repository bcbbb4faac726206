import { expect, test } from 'vitest';
import { DraftText } from '../../../site/src/client/drafts/draft-text.ts';
import type { LocalDraft } from '../../../site/src/client/drafts/local-draft.ts';

const STARTER = { 'main.ts': 'starter' };
const stored = (change: Partial<LocalDraft>): LocalDraft => ({
  files: STARTER,
  base: 0,
  dirty: true,
  at: 0,
  sent: [],
  ...change,
});

function setUp({ found = null, isFull = false }: { found?: LocalDraft | null; isFull?: boolean } = {}) {
  const written: LocalDraft[] = [];
  const clock = { ms: 100 };
  const local = { read: () => found, write: (draft: LocalDraft) => !isFull && written.push(draft) > 0 };
  return { text: new DraftText({ starter: STARTER, local, now: () => clock.ms }), written, clock };
}

test('it begins with what this browser kept, for the files of the exercise', () => {
  const { text } = setUp({ found: stored({ files: { 'main.ts': 'mine', 'gone.ts': 'x' }, at: 7 }) });
  expect(text.files).toEqual({ 'main.ts': 'mine' });
  expect(text.isDirty).toBe(true);
  expect(setUp().text.files).toEqual(STARTER);
});

test('each change is kept at once, and what cannot be kept is known', () => {
  const { text, written } = setUp();
  text.change({ 'main.ts': 'a' });
  expect([text.isKept, written.at(-1)?.files]).toEqual([true, { 'main.ts': 'a' }]);
  const full = setUp({ isFull: true }).text;
  full.change({ 'main.ts': 'a' });
  expect([full.isKept, full.files]).toEqual([false, { 'main.ts': 'a' }]);
});

test('a text is always later than the one it replaced, also when the clock goes back', () => {
  const { text, clock } = setUp();
  text.change({ 'main.ts': 'a' });
  clock.ms = 50;
  text.change({ 'main.ts': 'b' });
  expect(text.current.at).toBe(101);
});

test('text that was typed while another one was on its way stays unsaved', () => {
  const { text } = setUp();
  text.change({ 'main.ts': 'a' });
  const { files } = text.send();
  text.change({ 'main.ts': 'ab' });
  text.acknowledge(3, files);
  expect(text.current).toMatchObject({ base: 3, dirty: true, sent: [] });
  text.acknowledge(4, text.files);
  expect(text.isDirty).toBe(false);
});

test('the last eight texts without an answer are remembered, each once', () => {
  const { text } = setUp();
  for (const letter of 'abcdefghija') {
    text.change({ 'main.ts': letter });
    text.send();
  }
  expect(text.current.sent.map((files) => files['main.ts']).join('')).toBe('defghija');
});

test("a newer text of another tab is taken over, an older one's saves alone", () => {
  const { text } = setUp();
  text.change({ 'main.ts': 'mine' });
  expect(text.follow(stored({ files: { 'main.ts': 'old' }, at: 1, base: 5 }))).toBe('older');
  expect(text.current).toMatchObject({ files: { 'main.ts': 'mine' }, base: 5 });
  expect(text.isBehind(stored({ files: { 'main.ts': 'new' }, at: 200 }))).toBe(true);
  expect(text.follow(stored({ files: { 'main.ts': 'new' }, at: 200, base: 4 }))).toBe('replaced');
  expect(text.current).toMatchObject({ files: { 'main.ts': 'new' }, base: 5, at: 200 });
  expect(text.follow(stored({ files: { 'main.ts': 'new' }, at: 201 }))).toBe('same');
});
