import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { differingFiles } from '#sandbox/artifacts/checksums.ts';
import { fetchKafka } from '#sandbox/services/kafka/software.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'artifacts-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Creates a `mvn` that runs `script` and counts its calls. */
async function fakeMaven(script: string): Promise<string> {
  const folder = join(home, 'bin');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const text = `#!/bin/sh\necho call >> '${home}/calls'\nfor arg; do case "$arg" in -DoutputDirectory=*) out="\${arg#*=}";; esac; done\n${script}\n`;
  await writeFile(join(folder, 'mvn'), text);
  await chmod(join(folder, 'mvn'), 0o755);
  return `${folder}:/usr/bin:/bin`;
}

/** Checksum of what `echo kafka` writes. */
const JAR_SHA256 = '222bc9cfb97958774b3434fa448895025863433611c06a8106628767b5a33de3';

test('keeps jars with the expected checksums, and does not call Maven again', async () => {
  const searchPath = await fakeMaven('echo kafka > "$out/kafka.jar"');
  const expected = `${JAR_SHA256}  kafka.jar\n`;
  const folder = await fetchKafka({ home, searchPath }, expected);
  expect(await readdir(folder)).toEqual(['kafka.jar']);
  expect(await fetchKafka({ home, searchPath }, expected)).toBe(folder);
  expect(await readFile(join(home, 'calls'), 'utf8')).toBe('call\n');
});

test('rejects a tampered jar by name and keeps nothing', async () => {
  const searchPath = await fakeMaven('echo tampered > "$out/kafka.jar"; echo more > "$out/extra.jar"');
  const fetching = fetchKafka({ home, searchPath }, `${JAR_SHA256}  kafka.jar\n`);
  await expect(fetching).rejects.toMatchObject({
    code: 'SERVICE_NOT_READY',
    message: expect.stringMatching(/rejected.*kafka\.jar, extra\.jar/),
    hint: expect.stringContaining('~/.m2/repository'),
  });
  expect(await readdir(join(home, 'artifacts'))).toEqual([]);
});

test('names the command that installs Maven when it is missing', async () => {
  await expect(fetchKafka({ home, searchPath: '/nowhere' })).rejects.toMatchObject({
    message: expect.stringContaining('Maven (mvn) is not on the PATH'),
    hint: expect.stringContaining('install maven'),
  });
});

test('gives Maven the proxies of the environment, and no password on its command line', async () => {
  const searchPath = await fakeMaven(
    `cp -p "\${MAVEN_OPTS#*@}" '${home}/seen'; echo "$MAVEN_OPTS $*" > '${home}/line'; echo kafka > "$out/kafka.jar"`,
  );
  const environment = { MAVEN_OPTS: '-Xmx1g', PATH: '/usr/bin:/bin', HTTPS_PROXY: 'http://ada:secret@proxy.example:3128' };
  await fetchKafka({ home, searchPath, environment }, `${JAR_SHA256}  kafka.jar\n`);
  expect(await readFile(join(home, 'seen'), 'utf8')).toContain('"-Dhttps.proxyPassword=secret"');
  expect((await stat(join(home, 'seen'))).mode & 0o077).toBe(0); // nor in a file that others may read
  expect(await readFile(join(home, 'line'), 'utf8')).toMatch(/^-Xmx1g @.*\/proxy\.args -B -f (?!.*secret)/);
});

test('fetches into a home with letters that Maven would rewrite', async () => {
  const odd = join(home, 'a\\b ü: $x');
  const searchPath = await fakeMaven('mkdir -p "$out"; echo kafka > "$out/kafka.jar"; case "$out" in *ü*) exit 1;; esac');
  const folder = await fetchKafka({ home: odd, searchPath }, `${JAR_SHA256}  kafka.jar\n`);
  expect(folder.startsWith(odd)).toBe(true);
  expect(await readdir(folder)).toEqual(['kafka.jar']);
});

test("shows Maven's own error when it fails", async () => {
  const searchPath = await fakeMaven('echo "[ERROR] Unknown host repo.example"; exit 1');
  await expect(fetchKafka({ home, searchPath })).rejects.toThrow('Unknown host repo.example');
});

test('finds the changed, missing and added files of two lists of checksums', () => {
  expect(differingFiles('1  same\n2  changed\n3  missing\n', '1  same\n9  changed\n4  added\n')).toEqual([
    'changed',
    'missing',
    'added',
  ]);
  expect(differingFiles('1  same\n', '1  same\n')).toEqual([]);
});
