import { join } from 'node:path';
import type { SoftwareSource } from '#sandbox/providers/software-source.ts';

/** The software of a service that needs only Node and the system's shell. */
export interface SmallSoftware {
  node: string;
  /** The server of `server.ts`. */
  server: string;
}

/** The smallest service that runs with every provider. */
export const small: SoftwareSource<SmallSoftware> = {
  name: 'small',
  fetch: async () => ({ node: process.execPath, server: join(import.meta.dirname, 'server.ts') }),
  image: { folder: import.meta.dirname, dockerfile: 'Dockerfile', entries: { server: 'server.ts' } },
  inImage: { node: '/usr/local/bin/node', server: '/server.ts' },
};
