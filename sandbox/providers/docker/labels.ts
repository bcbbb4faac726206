/**
 * How things of ours are known in an engine that others use too.
 */
import { randomBytes } from 'node:crypto';
import { instanceName, isLeftOver } from '#sandbox/host/instance-name.ts';

/** What an engine lists as a thing's labels. */
export type Labels = Readonly<Record<string, string>>;

export const INSTANCE = 'streamwright.instance';
const ROLE = 'streamwright.role';
const PROVIDER = 'streamwright.provider';
/** Of a volume: the folder of the service whose state it is. */
const FOLDER = 'streamwright.folder';

/** Marks what belongs to one provider of this process. */
export class Owner {
  readonly #id = randomBytes(6).toString('hex');

  /** @param role what it is: `network`, `workspace`, or the name of a service */
  labels(role: string): Record<string, string> {
    return { [INSTANCE]: instanceName(), [PROVIDER]: this.#id, [ROLE]: role };
  }

  /** Of the state of a service, which is kept as long as its folder. */
  volumeLabels(role: string, folder: string): Record<string, string> {
    return { ...this.labels(role), [FOLDER]: folder };
  }

  has(labels: Labels | null | undefined): boolean {
    return labels?.[PROVIDER] === this.#id;
  }
}

/** A name that nothing else has. */
export function newName(role: string): string {
  return `${instanceName()}-${role}-${randomBytes(6).toString('hex')}`;
}

/** Whether the process that labelled it runs no more. */
export function isOrphan(labels: Labels | null | undefined): boolean {
  return isLeftOver(`${labels?.[INSTANCE]}-`);
}

export function folderOf(labels: Labels | null | undefined): string {
  return labels?.[FOLDER] ?? '';
}
