/** Returns whether a path has only letters that no tool takes for syntax or in another encoding. */
export function isPlainPath(path: string): boolean {
  return /^[\w/.*-]+$/.test(path);
}
