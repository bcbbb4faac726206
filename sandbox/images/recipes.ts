/**
 * What each image is made of.
 */
import { join } from 'node:path';
import { type Config, PROJECT_DIR } from '#sandbox/config.ts';
import { type ContextFile, filesBelow } from './build-context.ts';
import { hostClients } from './host-clients.ts';
import { installedPackages } from './packages.ts';

export type ImageName = 'kafka' | 'flink' | 'workspace';

export interface Recipe {
  /** What the image depends on: named by their hash. */
  made: ContextFile[];
  /** Facts that it depends on besides. */
  facts: readonly string[];
  /** What the build needs besides, and the image does not depend on. */
  carried: () => Promise<ContextFile[]>;
}

/** The recipe of an image. */
export function recipeOf(name: ImageName, config: Config): Promise<Recipe> {
  return name === 'workspace' ? workspaceRecipe() : javaRecipe(name, config);
}

const IMAGES_DIR = join(PROJECT_DIR, 'sandbox/images');
const NODE: ContextFile = { path: 'node', source: process.execPath, mode: 0o755 };
/** Apart from the code that trains: a change of that one fetches nothing anew. */
const FETCHING_INSIDE = /^(inside\/fetch|software-paths)/;
const FETCHING = ['config.ts', 'errors.ts', 'protocol/error.ts', 'instance-name.ts', 'process-identity.ts'];

async function workspaceRecipe(): Promise<Recipe> {
  const kafkajs = await filesBelow(join(PROJECT_DIR, 'node_modules/kafkajs'), {
    target: 'modules/kafkajs',
    accept: (path) => !path.endsWith('.d.ts'),
  });
  const supervisor = await filesBelow(join(PROJECT_DIR, 'sandbox/providers/docker/supervisor'), {
    target: 'supervisor',
    accept: (path) => /\.(m?[jt]s|json)$/.test(path),
  });
  return {
    made: [
      { path: 'Dockerfile', source: join(IMAGES_DIR, 'workspace/Dockerfile') },
      { path: 'supervisor/package.json', text: '{ "type": "module" }\n' },
      ...kafkajs,
      ...supervisor,
    ],
    // Instead of its 120 MB, which would have to be read at each start.
    facts: [process.version, process.arch],
    carried: async () => [NODE],
  };
}

async function javaRecipe(name: 'kafka' | 'flink', config: Config): Promise<Recipe> {
  const ofOthers = name === 'kafka' ? /^(gate\/|flink\.|compile-gate|java-(tests|compiler))/ : /^java-tests/;
  return {
    made: [
      { path: 'Dockerfile', source: join(IMAGES_DIR, name, 'Dockerfile') },
      { path: 'prepare.sh', source: join(IMAGES_DIR, 'builder/prepare.sh') },
      ...(await code('fetch', 'artifacts', (path) => !ofOthers.test(path))),
      ...(await code('fetch', 'images', (path) => FETCHING_INSIDE.test(path))),
      ...(await code('project', 'images', (path) => path.startsWith('inside/') && !FETCHING_INSIDE.test(path))),
      ...(await code('project', 'services')),
    ],
    facts: [process.arch],
    carried: async () => [NODE, ...(await clients(config)), ...(await codeOfFetching(ofOthers)), ...(await codeOfTraining())],
  };
}

async function clients(config: Config): Promise<ContextFile[]> {
  const files = await hostClients(config);
  return [{ path: 'clients/.present', text: '' }, ...files.map((file) => ({ ...file, path: join('clients', file.path) }))];
}

/** What the code that fetches imports besides: a change of it changes nothing of what is fetched. */
async function codeOfFetching(ofOthers: RegExp): Promise<ContextFile[]> {
  return [
    { path: 'fetch/package.json', text: JSON.stringify({ type: 'module', imports: { '#sandbox/*': './sandbox/*' } }) },
    ...(await code('fetch', 'artifacts', (path) => ofOthers.test(path))),
    ...(await code('fetch', '', (path) => FETCHING.includes(path))),
    ...(await installedPackages(['zod'], 'fetch')),
  ];
}

/** What the code that trains imports besides: the server's clients, and what they stand on. */
async function codeOfTraining(): Promise<ContextFile[]> {
  const there = /^(artifacts|images|services|http|commands|grading|store|lens)\//;
  return [
    ...(await code('project', '', (path) => path.endsWith('.ts') && !there.test(path) && !FETCHING.includes(path))),
    ...(await installedPackages(['@platformatic/kafka'], 'project')),
  ];
}

/** Files of a folder of the server's code, below a folder of the context. */
function code(target: string, folder: string, accept?: (path: string) => boolean): Promise<ContextFile[]> {
  return filesBelow(join(PROJECT_DIR, 'sandbox', folder), { target: join(target, 'sandbox', folder), ...(accept && { accept }) });
}
