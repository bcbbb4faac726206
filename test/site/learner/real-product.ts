/** The product as `npm start` starts it, with a real Kafka and Flink, in a home of its own. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, startServer } from '#sandbox/app/server.ts';
import { type Config, readConfig } from '#sandbox/config.ts';
import { buildSite } from '../../../site/build.ts';

/** @param provider where services and programs run */
export async function startRealProduct(provider: Config['provider']): Promise<Server & AsyncDisposable> {
  const config = readConfig();
  const home = mkdtempSync(join(tmpdir(), 'streamwright-home-'));
  mkdirSync(join(config.home, 'artifacts'), { recursive: true });
  symlinkSync(join(config.home, 'artifacts'), join(home, 'artifacts')); // what was fetched is fetched once for all
  const prepare = async () => {
    await buildSite({ onProgress: () => undefined });
  };
  const server = await startServer({ ...config, home, provider }, { port: 0, prepare });
  const close = async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  };
  await server.ready.catch(async (error) => {
    await close();
    throw error;
  });
  return { ...server, [Symbol.asyncDispose]: close };
}
