import { expect, test } from 'vitest';
import { debianEntries } from '#sandbox/images/apt-sources.ts';

test('the mirror of a Debian of the same release is kept, in either format', () => {
  const paragraphs = 'Types: deb\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\nComponents: main\n';
  expect(debianEntries('/etc/apt/sources.list.d/debian.sources', `# a comment\n${paragraphs}`, 'bookworm')).toBe(paragraphs);
  const line = 'deb [arch=amd64] http://mirror.test/debian bookworm main contrib\n';
  expect(debianEntries('/etc/apt/sources.list', `# a comment\n${line}`, 'bookworm')).toBe(line);
});

test.each([
  ['another release', 'deb http://mirror.test/debian trixie main'],
  ['sources of packages', 'deb-src http://mirror.test/debian bookworm main'],
  ['other software for this release', 'deb http://mirror.test/docker bookworm stable'],
  ['what another key signs', 'deb [signed-by=/etc/apt/keyrings/x.gpg] http://mirror.test/x bookworm main'],
])('%s is left out', (_, line) => {
  expect(debianEntries('/etc/apt/sources.list', line, 'bookworm')).toBe('');
});

test('a paragraph that is switched off is left out, and the next one is kept', () => {
  const off = 'Types: deb\nURIs: http://off.test\nSuites: bookworm\nComponents: main\nEnabled: no\n';
  const on = 'Types: deb\nURIs: http://on.test\nSuites: bookworm-security\nComponents: main\n';
  expect(debianEntries('x.sources', `${off}\n${on}`, 'bookworm')).toBe(on);
});
