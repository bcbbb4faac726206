import policy from './gate/policy.json' with { type: 'json' };

/** Connectors by name, with the values that each option may take, as a pattern. */
const CONNECTORS: Readonly<Record<string, { options: Readonly<Record<string, string>> }>> = policy.connectors;

/** Returns the names of options that a table of this connector may have, those of its formats included. */
export function optionNames(connector: string): string[] {
  const own = Object.keys(CONNECTORS[connector]?.options ?? {}).filter((name) => !name.includes('*'));
  const formats = Object.entries(policy.formats).flatMap(([format, options]) =>
    Object.keys(options).map((name) => `${format}.${name}`),
  );
  return own.some((name) => name.endsWith('.format')) ? ['connector', ...own, ...formats] : ['connector', ...own];
}

/** Returns the values of an option that has a few; null for one that takes any text of a form. */
export function optionValues(option: string): string[] | null {
  const pattern = Object.values(CONNECTORS).find(({ options }) => option in options)?.options[option];
  return pattern !== undefined && /^[\w-]+(\|[\w-]+)+$/.test(pattern) ? pattern.split('|') : null;
}
