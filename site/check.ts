/** Checks the types of the site's .astro, .ts and .tsx files; exits 1 on an error. */
import { join } from 'node:path';
import { check } from '@astrojs/check';

process.env.ASTRO_TELEMETRY_DISABLED = '1';
const { sync } = await import('astro');

const root = import.meta.dirname;
await sync({ root, logLevel: 'error' });
const failed = await check({ root, tsconfig: join(root, 'tsconfig.json'), watch: false, minimumSeverity: 'warning' });
process.exit(failed ? 1 : 0);
