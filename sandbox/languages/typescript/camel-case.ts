/** Returns the name in code of what is kebab-case on the broker and in the lens: `driver-events` is `driverEvents`. */
export function camelCase(kebab: string): string {
  return kebab.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
