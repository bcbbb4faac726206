import type { Config } from '#sandbox/config.ts';
import type { ContextFile } from './build-context.ts';

/** Something that containers are started from. */
export interface Image {
  /** Names the repository, and the variable by which the configuration names another one: `kafka`. */
  name: string;
  recipe(config: Config): Promise<Recipe>;
}

/** What an image is made of. */
export interface Recipe {
  /** What the image depends on: named by their hash. */
  made: ContextFile[];
  /** Facts that it depends on besides. */
  facts: readonly string[];
  /** What the build needs besides, and the image does not depend on. */
  carried: () => Promise<ContextFile[]>;
  /** For the Dockerfile's ARG. */
  buildArguments: Readonly<Record<string, string>>;
}

/** Where an engine has the images of a name that were built here. */
export function repositoryOf(name: string): string {
  return `streamwright/${name}`;
}

/** The Node that runs us, as a file of a context. */
export const NODE: ContextFile = { path: 'node', source: process.execPath, mode: 0o755 };
