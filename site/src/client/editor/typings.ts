import { nodeLibs } from './typescript/node-libs.ts';

/** Type declarations of what programs may import. Loaded only by dynamic import. */
const declarations = import.meta.glob<string>(
  [
    '/../node_modules/kafkajs/types/index.d.ts',
    '/../node_modules/@types/node/**/*.d.ts',
    '!/../node_modules/@types/node/ts5.*/**',
    '/../node_modules/undici-types/*.d.ts',
    '/../node_modules/{kafkajs,undici-types,@types/node}/package.json',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const typings: Record<string, string> = nodeLibs(declarations);
