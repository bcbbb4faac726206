/**
 * The files and the command that a service's container gets.
 */
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { Launch } from '#sandbox/providers/provider.ts';

/** Folder of a service below the folder of its volume, which belongs to root. */
export const SERVICE_FOLDER = 'service';

/** Returns an archive with the service's folder, which only its user can read. */
export async function archiveOf(launches: readonly (Launch | null)[], uid: number): Promise<Buffer> {
  const archive = pack();
  const owner = { uid, gid: uid };
  const folders = new Set<string>();
  const addFolder = (name: string) => {
    if (folders.has(name)) return;
    if (name.includes('/')) addFolder(name.slice(0, name.lastIndexOf('/')));
    folders.add(name);
    archive.entry({ name: `${name}/`, type: 'directory', mode: 0o700, ...owner });
  };
  addFolder(SERVICE_FOLDER);
  for (const [name, text] of launches.flatMap((launch) => Object.entries(launch?.files ?? {}))) {
    const path = `${SERVICE_FOLDER}/${name}`;
    addFolder(path.slice(0, path.lastIndexOf('/')));
    archive.entry({ name: path, mode: 0o600, ...owner }, text);
  }
  archive.finalize();
  return buffer(archive);
}

/**
 * Returns a shell script that prepares the service at its first start, then becomes it.
 * @param dir folder of the service inside
 */
export function startScript(prepare: Launch | null, launch: Launch, dir: string): string {
  const preparation = prepare ? `[ -e .prepared ] || { ${words(prepare.command)} && : >.prepared; } || exit 1; ` : '';
  return `cd ${dir} && { ${preparation}exec ${words(launch.command)}; }`;
}

function words(command: readonly string[]): string {
  return command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}
