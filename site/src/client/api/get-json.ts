/** Returns the body of a GET as JSON, or null when no server returns one; pages work without it. */
export async function getJson<T>(path: string): Promise<T | null> {
  try {
    const response = await fetch(path, { cache: 'no-store', headers: { accept: 'application/json' } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
