/**
 * Labels by which we recognize our objects in an engine that others also use.
 */
import { randomBytes } from 'node:crypto';
import { instanceName, isLeftOver } from '#sandbox/host/instance-name.ts';

/** The labels that an engine lists for an object. */
export type Labels = Readonly<Record<string, string>>;

export const INSTANCE = 'streamwright.instance';
const ROLE = 'streamwright.role';
const PROVIDER = 'streamwright.provider';
/** On a volume: the folder of the service whose state it holds. */
const FOLDER = 'streamwright.folder';

/** Marks what belongs to one provider of this process. */
export class Owner {
  readonly #id = randomBytes(6).toString('hex');

  /** @param role kind of object: `network`, `workspace`, or the name of a service */
  labels(role: string): Record<string, string> {
    return { [INSTANCE]: instanceName(), [PROVIDER]: this.#id, [ROLE]: role };
  }

  /** Returns the labels of a service's state, which is kept as long as its folder exists. */
  volumeLabels(role: string, folder: string): Record<string, string> {
    return { ...this.labels(role), [FOLDER]: folder };
  }

  has(labels: Labels | null | undefined): boolean {
    return labels?.[PROVIDER] === this.#id;
  }
}

/** Returns a name that no other object has. */
export function newName(role: string): string {
  return `${instanceName()}-${role}-${randomBytes(6).toString('hex')}`;
}

/** Returns whether the process that set the labels is no longer running. */
export function isOrphan(labels: Labels | null | undefined): boolean {
  return isLeftOver(`${labels?.[INSTANCE]}-`);
}

export function folderOf(labels: Labels | null | undefined): string {
  return labels?.[FOLDER] ?? '';
}
