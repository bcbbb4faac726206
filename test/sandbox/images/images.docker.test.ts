import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { IMAGES } from '#sandbox/app/images.ts';
import { readConfig } from '#sandbox/config.ts';
import { findBase, HUB_IMAGE } from '#sandbox/images/base-image.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { flink } from '#sandbox/services/flink/software.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';
import { kafkaService } from '#sandbox/services/kafka/spec.ts';

const docker = await connectEngine();
const references = new Map<string, string>();

beforeAll(async () => {
  for (const image of IMAGES) references.set(image.name, await ensureImage(image, { docker, config: readConfig() }));
});

/** Runs a command in a container of an image, without network, as root, who sees all of it, and returns its output. */
async function said(name: string, ...command: string[]): Promise<string> {
  return saidIn(references.get(name)!, ...command);
}

async function saidIn(reference: string, ...command: string[]): Promise<string> {
  const output = new PassThrough();
  const collected = text(output);
  const options = { Entrypoint: [], User: '0:0', HostConfig: { NetworkMode: 'none', AutoRemove: true } };
  await docker.run(reference, command, output, { ...options, Tty: true });
  output.end();
  return (await collected).replaceAll('\r\n', '\n');
}

const HOSTS_OF_APT = ['sh', '-c', "grep -rhoE '[a-z]+://[^/ ]+' /etc/apt || true"];

describe.each(IMAGES)('the $name image', (image) => {
  const { name } = image;

  test('is returned on a second request, and nothing is built', async () => {
    const onProgress = (message: string) => expect.fail(message);
    expect(await ensureImage(image, { docker, config: readConfig(), onProgress })).toBe(references.get(name));
  });

  test('holds neither the tools that fetched its files nor the registry settings of the machine that built it', async () => {
    const places = [
      ...[
        '/clients',
        '/client-environment',
        '/prepare.sh',
        '/project',
        '/opt/fetched',
        '/root/.m2',
        '/root/.config',
        '/root/.cache',
      ],
      ...[
        '/etc/pip.conf',
        '/etc/apt/apt.conf.d/90host',
        '/etc/apt/apt.conf.d/99mmdebstrap',
        '/etc/apt/sources.list.d/host.sources',
      ],
      ...['/usr/share/maven', '/usr/bin/python3', '/usr/bin/pip3', '/usr/lib/jvm', '/usr/local/share/ca-certificates'],
    ];
    const script = `for p in ${places.join(' ')} /var/lib/apt/lists/*_Packages; do [ -e "$p" ] && echo "$p"; done; true`;
    expect(await said(name, 'sh', '-c', script)).toBe('');
  });

  test('names no package server', async () => {
    expect(await said(name, ...HOSTS_OF_APT)).toBe('');
  });

  test('has no environment variable of the machine that built it', async () => {
    const history = JSON.stringify(await docker.getImage(references.get(name)!).history());
    expect(history).not.toMatch(/proxy|PIP_|client-environment/i);
    const { Config } = await docker.getImage(references.get(name)!).inspect();
    expect(Config.Env?.map((entry) => entry.split('=', 1)[0])).toEqual(['PATH']);
  });

  test('has no program that can change its user', async () => {
    expect(await said(name, 'find', '/', '-xdev', '-type', 'f', '-perm', '/6000')).toBe('');
  });
});

test('a base that was built here names no package server', async ({ skip }) => {
  const base = (await findBase(docker))!;
  const { RepoTags } = await docker.getImage(base).inspect();
  skip(RepoTags.includes(HUB_IMAGE), 'the base was pulled');
  expect(await saidIn(base, ...HOSTS_OF_APT)).toBe('');
});

describe.each([kafka, flink])('the $name image', ({ name, image, inImage }) => {
  test('holds exactly the jars that are pinned', async () => {
    const pinned = await readFile(`${image.folder}/${name}.sha256`, 'utf8');
    const found = await said(name, 'sh', '-c', `cd ${inImage.jars} && LC_ALL=C sha256sum *`);
    expect(found.trim().split('\n').sort()).toEqual(pinned.trim().split('\n').sort());
  });

  test('runs Java 25 as a user other than root', async () => {
    expect(await said(name, inImage.java, '-version')).toContain('version "25.');
    const { Config } = await docker.getImage(references.get(name)!).inspect();
    expect(Config.User).toBe('10001:10001');
  });
});

test('the kafka image starts with the compiled code of its training under the same options as its service', async () => {
  // AOTMode=on ends the JVM where it would otherwise run without the cache;
  const [java, ...flags] = await commandOfKafka();
  const output = await said('kafka', java!, '-XX:AOTMode=on', ...flags);
  expect(output).toContain('server.properties');
  expect(output).not.toMatch(/AOT cache|unable to use/i);
});

test('the flink image holds the gate and its policy as a jar', async () => {
  const found = await said('flink', 'grep', '-a', '-o', '-E', 'policy.json|gate/Launcher.class', '/opt/gate/gate.jar');
  expect(found).toContain('policy.json');
  expect(found).toContain('gate/Launcher.class');
});

test('the workspace image holds the Node that runs this test, kafkajs and the supervisor, and has the user of programs', async () => {
  const script =
    "console.log(process.version, typeof require('/workspace-modules/kafkajs').Kafka, String(fs.existsSync('/opt/supervisor/main.ts')))";
  expect(await said('workspace', 'node', '-e', script)).toBe(`${process.version} function true\n`);
  expect(await said('workspace', 'id', 'learner')).toBe('uid=10002(learner) gid=10002(learner) groups=10002(learner)\n');
});

/** Returns the command of the broker as its file of arguments holds it. */
async function commandOfKafka(): Promise<string[]> {
  const admin = { username: 'admin', password: 'secret' };
  const spec = kafkaService({ software: kafka.inImage, admin, controllerPassword: 'secret' });
  const ports = { broker: 1, controller: 2 };
  const site = { dir: '/nowhere', host: '127.0.0.1', bindHost: '127.0.0.1', ports, inside: null };
  const { command, files = {} } = await spec.launch(site);
  const args = files['java.args']?.trim().split('\n') ?? [];
  return [command[0], ...args.map((arg) => JSON.parse(arg))];
}
