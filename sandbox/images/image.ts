import type { Config } from '#sandbox/config.ts';
import type { ContextFile } from './build-context.ts';

/** Something that containers are started from. */
export interface Image {
  /** Names the repository, and the variable by which the configuration replaces the image: `kafka`. */
  name: string;
  recipe(config: Config): Promise<Recipe>;
}

/** The parts of an image. */
export interface Recipe {
  /** The files that the image depends on: their hash names it. */
  made: ContextFile[];
  /** Other facts that it depends on. */
  facts: readonly string[];
  /** Files that the build needs but the image does not depend on. */
  carried: () => Promise<ContextFile[]>;
  /** Values of the Dockerfile's ARGs. */
  buildArguments: Readonly<Record<string, string>>;
}

/** Returns the repository in which an engine keeps the images of a name that were built here. */
export function repositoryOf(name: string): string {
  return `streamwright/${name}`;
}

/** The Node that runs this process, as a file of a context. */
export const NODE: ContextFile = { path: 'node', source: process.execPath, mode: 0o755 };
