/** Type declarations of what programs may import, by the path where TypeScript looks for them. Loaded only by dynamic import. */
const declarations = import.meta.glob<string>(
  [
    '/../node_modules/kafkajs/types/index.d.ts',
    '/../node_modules/@types/node/**/*.d.ts',
    '!/../node_modules/@types/node/ts5.*/**',
    '/../node_modules/undici-types/*.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const typings: Record<string, string> = Object.fromEntries(
  Object.entries(declarations).map(([path, text]) => [
    path.slice(path.indexOf('node_modules/')).replace('kafkajs/types/', 'kafkajs/'),
    text,
  ]),
);
