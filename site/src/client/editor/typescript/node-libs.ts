/** Globals that @types/node declares and that no ES module has. */
const COMMONJS_GLOBALS = /^\s*var (?:__dirname|__filename|exports|module|require): .*;$/gm;

/**
 * Returns the files of a workspace as TypeScript sees them: declarations of what programs may import, the package files by which it finds
 * them, and the workspace's own `package.json`.
 *
 * @param declarations text by path; a path has everything up to `node_modules/` left out
 */
export function nodeLibs(declarations: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(declarations).map(([path, text]) => [
    `file:///${path.slice(path.indexOf('node_modules/'))}`,
    path.endsWith('@types/node/module.d.ts') ? text.replaceAll(COMMONJS_GLOBALS, '') : text,
  ]);
  return { ...Object.fromEntries(entries), 'file:///package.json': '{ "type": "module" }' };
}
