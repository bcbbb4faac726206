import { parseArgs } from 'node:util';
import { SUITES, type Suite } from './suites.ts';

/**
 * The suites that the command line asks for: all of them, or the one of `--suite NAME`.
 *
 * @throws Error that names the suites that there are
 */
export function chooseSuites(args: readonly string[]): readonly Suite[] {
  const { suite } = parseArgs({ args: [...args], options: { suite: { type: 'string' } } }).values;
  if (suite === undefined) return SUITES;
  const found = SUITES.filter(({ name }) => name === suite);
  if (found.length > 0) return found;
  const names = SUITES.map(({ name }) => name).join(', ');
  throw new Error(`there is no suite "${suite}". Hint: npm test -- --suite NAME runs one of ${names}`);
}
