import { join } from 'node:path';
import { type Server, startServer } from '#sandbox/app/server.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { buildSite } from '../../site/build.ts';
import { fakeStack } from '../sandbox/fake-stack.ts';
import { temporaryHome } from '../sandbox/temporary-home.ts';
import { passAll } from '../sandbox/test-server.ts';

/** The real pages and the real server, with a stand-in for the broker; every submission passes. */
export async function startSiteServer(): Promise<Server & AsyncDisposable> {
  await buildSite({ onProgress: () => undefined });
  const home = temporaryHome();
  const config = { ...home.config, lessonsDir: join(PROJECT_DIR, 'lessons'), siteDir: join(PROJECT_DIR, 'site/dist') };
  const server = await startServer(config, { port: 0, parts: { open: async () => fakeStack(), grade: passAll } });
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      home[Symbol.dispose]();
    },
  };
}
