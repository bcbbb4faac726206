/** Options of code that fetches something to this machine. */
export interface FetchOptions {
  /** STREAMWRIGHT_HOME: what is fetched is kept in `artifacts/` below it. */
  home: string;
  /** Search path for commands. */
  searchPath: string;
  /** A Java to prefer over those that are found. */
  javaHome?: string | undefined;
  /** The whole environment of the tools that fetch; by default this process's. */
  environment?: NodeJS.ProcessEnv | undefined;
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}
