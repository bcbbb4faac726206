/**
 * A whole server with a real Kafka in its own process, to be killed: what `npm start` starts, without the site. Tells its parent
 * where it listens, and when Kafka is ready.
 */

import { claimInstance } from '#sandbox/app/instance.ts';
import { startServer } from '#sandbox/app/server.ts';
import { readConfig } from '#sandbox/config.ts';
import { withManySubmissions } from './kafka-home.ts';

const config = withManySubmissions(readConfig());
const instance = await claimInstance(config.home);
const server = await startServer(config, { port: 0, onService: instance.recordService });
process.send?.({ url: server.url, token: server.token });
await server.ready;
process.send?.({ ready: true });
