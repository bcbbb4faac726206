/**
 * How this machine's package clients (apt, pip, Maven) reach their registries, for the build stages that fetch. On a machine that needs
 * a mirror, a proxy or its own certificate authority, a build without these settings would fail.
 */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#sandbox/config.ts';
import { runCommand } from '#sandbox/host/run-command.ts';
import { debianEntries } from './apt-sources.ts';
import type { ContextFile } from './build-context.ts';

/** Release of Debian under every image. */
export const CODENAME = 'bookworm';

const SOURCES = ['/etc/apt/sources.list', '/etc/apt/sources.list.d'];
const SYSTEM_CERTIFICATES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];
const CERTIFICATE_VARIABLES = ['PIP_CERT', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'];
/** The apt settings that say how to fetch. Scripts and files that settings name do not exist in a builder. */
const FETCH_SETTING =
  /^Acquire::(https?|ftp|Check-Valid-Until|Check-Date|Retries|ForceIPv[46])\b(?!.*(ProxyAutoDetect|Proxy-Auto-Detect|CaInfo|SslCert|SslKey))/i;

/** Returns the files that configure a builder's clients; on most machines only certificates. */
export async function hostClients(config: Pick<Config, 'clientEnvironment'>): Promise<ContextFile[]> {
  const certificates = await allCertificates(config);
  const texts = {
    'apt/sources.list': await joined('list'),
    'apt/sources.list.d/host.sources': await joined('sources'),
    'apt/apt.conf.d/90host': await aptSettings(),
    'pip/system.conf': await textOf('/etc/pip.conf'),
    'pip/user.conf': (await textOf(join(homedir(), '.config/pip/pip.conf'))) || (await textOf(join(homedir(), '.pip/pip.conf'))),
    'maven/settings.xml': await textOf(join(homedir(), '.m2/settings.xml')),
    environment: exports(config.clientEnvironment),
    'certificates/all.pem': certificates.join(''),
  };
  const present = Object.entries(texts).filter(([, text]) => text !== '');
  const single = certificates.map((text, index) => [`certificates/host-${index}.crt`, text] as const);
  return [...present, ...single].map(([path, text]) => ({ path, text }));
}

/** Returns this Debian's own package sources, by file name; none where it is not a Debian of our release. */
export async function hostSources(): Promise<Record<string, string>> {
  const release = await textOf('/etc/os-release');
  if (!/^ID=debian$/m.test(release) || !release.includes(`VERSION_CODENAME=${CODENAME}`)) return {};
  const listed = await Promise.all(SOURCES.map(sourceFiles));
  const entries = await Promise.all(
    listed.flat().map(async (file) => [file, debianEntries(file, await textOf(file), CODENAME)] as const),
  );
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/** Returns apt's settings about fetching, as lines of an apt.conf; empty where there is no apt. */
export async function aptSettings(): Promise<string> {
  const lines: string[] = [];
  const dump = runCommand('apt-config', ['dump', 'Acquire'], { onLine: (line) => lines.push(line) });
  await dump.catch(() => null); // no apt here: nothing to pass on
  return lines
    .filter((line) => FETCH_SETTING.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

async function joined(extension: 'list' | 'sources'): Promise<string> {
  const entries = Object.entries(await hostSources()).filter(([name]) => name.endsWith(`.${extension}`));
  return entries.map(([, text]) => text).join('\n');
}

async function sourceFiles(path: string): Promise<string[]> {
  if (!path.endsWith('.d')) return [path];
  const names = await readdir(path).catch(() => []);
  return names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(path, name));
}

/** Returns every certificate that a client of this machine trusts, each once. */
async function allCertificates({ clientEnvironment }: Pick<Config, 'clientEnvironment'>): Promise<string[]> {
  const named = CERTIFICATE_VARIABLES.flatMap((name) => clientEnvironment[name] ?? []);
  const configured = /^\s*cert\s*=\s*(\S+)/m.exec(await textOf('/etc/pip.conf'))?.[1] ?? [];
  const texts = await Promise.all([...SYSTEM_CERTIFICATES, ...named, ...[configured].flat()].map(textOf));
  const found = texts.flatMap((text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
  return [...new Set(found)].map((certificate) => `${certificate}\n`);
}

/** Returns the lines that set the certificates' variables, whose paths differ in the builder. */
function exports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .filter(([name]) => !CERTIFICATE_VARIABLES.includes(name))
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
