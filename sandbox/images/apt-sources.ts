/**
 * Finds the entries of a Debian machine's package sources that provide Debian itself. A builder of the same release can use these, through
 * the machine's mirror. Sources of other software need keys that a builder does not have.
 */

/** Returns the entries of a sources file that provide Debian's `main` of a release, in the file's own format; empty when there are none. */
export function debianEntries(fileName: string, text: string, codename: string): string {
  const separator = fileName.endsWith('.sources') ? /\n\s*\n/ : /\n/;
  const holds = fileName.endsWith('.sources') ? paragraphHolds : lineHolds;
  const kept = text
    .split(separator)
    .map(withoutComments)
    .filter((entry) => entry && holds(entry, codename));
  return kept.map((entry) => `${entry}\n`).join('\n');
}

function withoutComments(entry: string): string {
  return entry
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .trim();
}

function paragraphHolds(paragraph: string, codename: string): boolean {
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'im').exec(paragraph)?.[1]?.trim() ?? '';
  if (field('Enabled').toLowerCase() === 'no') return false;
  return (
    words(field('Types')).includes('deb') &&
    words(field('Suites')).some((suite) => isOf(codename, suite)) &&
    words(field('Components')).includes('main') &&
    isDebianKey(field('Signed-By'))
  );
}

function lineHolds(line: string, codename: string): boolean {
  const [, options = '', rest = ''] = /^deb\s+(?:\[([^\]]*)\]\s+)?(.*)$/.exec(line) ?? [];
  const [, suite = '', ...components] = words(rest);
  const key = /signed-by=(\S+)/i.exec(options)?.[1] ?? '';
  return isOf(codename, suite) && components.includes('main') && isDebianKey(key);
}

function isOf(codename: string, suite: string): boolean {
  return [codename, `${codename}-updates`, `${codename}-security`].includes(suite);
}

/** Returns whether a key comes with every Debian, in its keyring package or as one of apt's own. */
function isDebianKey(file: string): boolean {
  return file === '' || file.startsWith('/usr/share/keyrings/debian-archive-');
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
