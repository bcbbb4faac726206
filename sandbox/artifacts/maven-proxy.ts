/**
 * Maven reads no proxy from the environment, as npm and pip do: its JVM is told by properties.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { argumentsFile } from '#sandbox/host/jvm.ts';

/**
 * Calls `use` with the environment for Maven, in which its JVM reads the proxies from a file: every user of a machine can read a process's
 * command line, and a proxy's address may hold a password.
 */
export async function withMavenProxy<T>(
  environment: NodeJS.ProcessEnv | undefined,
  use: (environment: NodeJS.ProcessEnv | undefined) => Promise<T>,
): Promise<T> {
  const properties = mavenProxy(environment ?? {});
  if (properties.length === 0) return use(environment);
  const folder = await makeTemporaryFolder();
  try {
    const file = join(folder, 'proxy.args');
    await writeFile(file, argumentsFile(properties), { mode: 0o600 });
    return await use({ ...environment, MAVEN_OPTS: `${environment?.MAVEN_OPTS ?? ''} @${file}` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the JVM's properties for the proxies that the environment names; none where it names none. */
export function mavenProxy(environment: NodeJS.ProcessEnv): string[] {
  const properties = (['http', 'https'] as const).flatMap((scheme) => {
    const named = variable(environment, `${scheme}_proxy`) ?? variable(environment, 'all_proxy');
    return named ? proxyProperties(scheme, named) : [];
  });
  if (properties.length === 0) return [];
  const direct = (variable(environment, 'no_proxy') ?? '').split(/[\s,]+/).flatMap(hostPatterns);
  return [
    ...properties,
    // The local names are Java's own default, which a list replaces.
    `-Dhttp.nonProxyHosts=${['localhost', '127.*', '[::1]', ...direct].join('|')}`,
    // Maven 3.9 looks at properties only when it is told to.
    '-Daether.connector.http.useSystemProperties=true',
  ];
}

function variable(environment: NodeJS.ProcessEnv, name: string): string | null {
  return environment[name] || environment[name.toUpperCase()] || null;
}

function proxyProperties(scheme: 'http' | 'https', named: string): string[] {
  const text = named.includes('://') ? named : `http://${named}`;
  if (!URL.canParse(text)) return [];
  const { protocol, hostname, port, username, password } = new URL(text);
  if (!protocol.startsWith('http')) return [];
  const properties = [
    `-D${scheme}.proxyHost=${hostname}`,
    `-D${scheme}.proxyPort=${port || (protocol === 'https:' ? '443' : '80')}`,
  ];
  if (!username) return properties;
  return [
    ...properties,
    `-D${scheme}.proxyUser=${decodeURIComponent(username)}`,
    `-D${scheme}.proxyPassword=${decodeURIComponent(password)}`,
    // Java refuses a password for tunnels otherwise.
    '-Djdk.http.auth.tunneling.disabledSchemes=',
  ];
}

/** `.example.com` and `example.com` both mean the domain with all below it. Java knows neither ports nor ranges of addresses. */
function hostPatterns(entry: string): string[] {
  const host = entry.replace(/:\d+$/, '').replace(/^\*?\./, '');
  if (host === '' || host.includes('/')) return [];
  return host === '*' || /^[\d.]+$/.test(host) ? [host] : [host, `*.${host}`];
}
