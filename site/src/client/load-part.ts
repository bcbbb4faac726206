/** Parts of the page that load after it. */

const PAUSES_MS = [300, 1000, 3000, 10_000];

/**
 * Loads a part, and tries again when that fails: browsers abort loads when the machine's networks change, as they do when a container starts.
 * @param load a dynamic import
 * @throws the last error
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
