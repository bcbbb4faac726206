/** What code that fetches something to this machine is told. */
export interface FetchOptions {
  /** STREAMWRIGHT_HOME: what is fetched stays in `artifacts/` below it. */
  home: string;
  /** Where commands are looked for. */
  searchPath: string;
  /** A Java to prefer over the ones that are found. */
  javaHome?: string | undefined;
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}
