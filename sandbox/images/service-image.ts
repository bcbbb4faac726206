/**
 * The image of a service, built from its folder: a Dockerfile, and modules that run in the build or in the container, with their imports.
 */
import { stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ARTIFACTS_DIR } from '#sandbox/artifacts/jars.ts';
import { type Config, PROJECT_DIR } from '#sandbox/config.ts';
import { type ContextFile, filesBelow } from './build-context.ts';
import { closureOf } from './code-closure.ts';
import { hostClients } from './host-clients.ts';
import { type Image, NODE, type Recipe } from './image.ts';
import { installedPackages, projectPackage } from './packages.ts';

/** A service's part in its image. Its paths are relative to its folder. */
export interface ServiceImage {
  /** Folder of the service. */
  folder: string;
  dockerfile: string;
  /**
   * Modules to run. Each key is the folder of the context that holds the module with all its imports; an ARG of the same name in capitals
   * holds the module's path there. A build copies the folders into one place, so each holds only what those before it lack.
   */
  entries: Readonly<Record<string, string>>;
}

/** Returns the image of a service. */
export function serviceImage({ name, image }: { name: string; image: ServiceImage }): Image {
  return { name, recipe: (config) => recipeOf(image, config) };
}

async function recipeOf({ folder, dockerfile, entries }: ServiceImage, config: Config): Promise<Recipe> {
  const parts = await partsOf({ folder, entries });
  const made = (file: string) => decides(file, folder);
  return {
    made: [
      { path: 'Dockerfile', source: join(folder, dockerfile) },
      { path: 'prepare.sh', source: join(import.meta.dirname, 'builder/prepare.sh') },
      ...parts.flatMap(({ files }) => files.filter(({ source }) => made(source))),
    ],
    facts: [process.arch],
    carried: async () => [
      NODE,
      ...(await clients(config)),
      ...parts.flatMap(({ files }) => files.filter(({ source }) => !made(source))),
      ...(await Promise.all(parts.map(equipment))).flat(),
    ],
    buildArguments: Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [name.toUpperCase(), inProject(join(folder, entry))]),
    ),
  };
}

/** A folder of the context. */
interface Part {
  name: string;
  files: { path: string; source: string }[];
  packages: string[];
}

async function partsOf({ folder, entries }: Pick<ServiceImage, 'folder' | 'entries'>): Promise<Part[]> {
  const before = new Set<string>();
  const parts: Part[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const { modules, data, packages } = await closureOf([join(folder, entry)]);
    const sources = [...modules, ...(await Promise.all(data.map(filesOf))).flat()].filter((source) => !before.has(source));
    for (const source of sources) before.add(source);
    parts.push({ name, packages, files: sources.map((source) => ({ path: join(name, inProject(source)), source })) });
  }
  return parts;
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const files = await filesBelow(path, { target: '' });
  return files.map((file) => join(path, file.path));
}

/**
 * Returns whether a change of a file makes a different image: files of the service, those that services share, and those that fetch. Code
 * that those build on, such as errors and settings, changes nothing in the image.
 */
function decides(file: string, folder: string): boolean {
  return [dirname(folder), ARTIFACTS_DIR].some((room) => file.startsWith(`${room}${sep}`));
}

/** Returns the files that make a folder of modules a project that Node can run. */
async function equipment({ name, packages }: Part): Promise<ContextFile[]> {
  return [
    { path: join(name, 'package.json'), text: JSON.stringify(await projectPackage()) },
    ...(await installedPackages(packages, name)),
  ];
}

async function clients(config: Config): Promise<ContextFile[]> {
  const files = await hostClients(config);
  return [{ path: 'clients/.present', text: '' }, ...files.map((file) => ({ ...file, path: join('clients', file.path) }))];
}

function inProject(file: string): string {
  return relative(PROJECT_DIR, file);
}
