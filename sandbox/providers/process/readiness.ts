import { spawn } from 'node:child_process';
import { accepts } from '#sandbox/host/accepts.ts';
import type { Launch, LaunchSite } from '#sandbox/providers/provider.ts';
import type { ServiceLog } from '#sandbox/providers/service-log.ts';
import type { StartingService } from '#sandbox/readiness/readiness.ts';
import { dieWithServer } from './die-with-server.ts';

export interface StartingProcess {
  log: ServiceLog;
  site: LaunchSite;
  launch: Launch;
  searchPath: string;
}

/** Returns the readiness checks of a service that starts as a child process. */
export function startingProcess({ log, site, launch, searchPath }: StartingProcess): StartingService {
  const endpoint = (name: string) => ({ host: site.host, port: site.ports[name] ?? 0 });
  return {
    saw: (text) => log.saw(text),
    listens: (port, signal) => accepts(endpoint(port), signal),
    urlOf(port) {
      const { host, port: number } = endpoint(port);
      return `http://${host}:${number}`;
    },
    run(command, signal) {
      const [program = '', ...args] = [...dieWithServer(searchPath), ...command];
      const { promise, resolve } = Promise.withResolvers<number | null>();
      spawn(program, args, {
        cwd: site.dir,
        env: { PATH: searchPath, ...launch.env },
        stdio: 'ignore',
        ...{ signal, killSignal: 'SIGKILL' },
      })
        .once('error', () => resolve(null))
        .once('close', resolve);
      return promise;
    },
  };
}
