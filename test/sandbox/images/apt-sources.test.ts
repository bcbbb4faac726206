import { expect, test } from 'vitest';
import { debianEntries } from '#sandbox/images/apt-sources.ts';

test('keeps the mirror of a Debian of the same release, in either format', () => {
  const paragraphs = 'Types: deb\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\nComponents: main\n';
  expect(debianEntries('/etc/apt/sources.list.d/debian.sources', `# a comment\n${paragraphs}`, 'bookworm')).toBe(paragraphs);
  const line = 'deb [arch=amd64] http://mirror.test/debian bookworm main contrib\n';
  expect(debianEntries('/etc/apt/sources.list', `# a comment\n${line}`, 'bookworm')).toBe(line);
});

test.each([
  ['another release', 'deb http://mirror.test/debian trixie main'],
  ['sources of packages', 'deb-src http://mirror.test/debian bookworm main'],
  ['other software for this release', 'deb http://mirror.test/docker bookworm stable'],
  ['a source that another key signs', 'deb [signed-by=/etc/apt/keyrings/x.gpg] http://mirror.test/x bookworm main'],
])('leaves out %s', (_, line) => {
  expect(debianEntries('/etc/apt/sources.list', line, 'bookworm')).toBe('');
});

test('leaves out a disabled paragraph and keeps the next one', () => {
  const off = 'Types: deb\nURIs: http://off.test\nSuites: bookworm\nComponents: main\nEnabled: no\n';
  const on = 'Types: deb\nURIs: http://on.test\nSuites: bookworm-security\nComponents: main\n';
  expect(debianEntries('x.sources', `${off}\n${on}`, 'bookworm')).toBe(on);
});
