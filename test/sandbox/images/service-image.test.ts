import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type ContextFile, hashOf } from '#sandbox/images/build-context.ts';
import { closureOf, needsOfModule } from '#sandbox/images/code-closure.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { workspaceImage } from '#sandbox/providers/docker/image/workspace-image.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';
import { SERVICES } from '#sandbox/services/services.ts';
import { temporaryHome, writeFiles } from '../temporary-home.ts';

/** Returns the files of a service's build context by their path in a build, which copies all folders of entries into one. */
async function builtFrom(service: (typeof SERVICES)[number]): Promise<Map<string, ContextFile>> {
  using home = temporaryHome();
  const { made, carried } = await serviceImage(service).recipe(home.config);
  const folders = Object.keys(service.image.entries);
  const merged = (path: string) => path.replace(new RegExp(`^(${folders.join('|')})/`), 'project/');
  return new Map([...made, ...(await carried())].map((file) => [merged(file.path), file]));
}

describe.each(SERVICES)('the build context of the $name image', (service) => {
  const dockerfile = () => readFile(join(service.image.folder, service.image.dockerfile), 'utf8');

  test('contains each import of its modules, and each file that a module names next to itself', async () => {
    const files = await builtFrom(service);
    const modules = [...files].filter(([path]) => /^project\/(?!node_modules).*\.ts$/.test(path));
    expect(modules.length).toBeGreaterThanOrEqual(Object.keys(service.image.entries).length);
    const missing: string[] = [];
    for (const [path] of modules) {
      const needs = await needsOfModule(join(PROJECT_DIR, path.replace('project/', '')));
      const wanted = needs.modules.map((module) => module.replace(PROJECT_DIR, 'project'));
      wanted.push(...needs.packages.map((name) => `project/node_modules/${name}/package.json`));
      missing.push(...wanted.filter((want) => !files.has(want)).map((want) => `${path} needs ${want}`));
      for (const data of needs.data.map((file) => file.replace(PROJECT_DIR, 'project'))) {
        if (![...files.keys()].some((file) => file === data || file.startsWith(`${data}/`)))
          missing.push(`${path} names ${data}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('has a Dockerfile that runs each entry by its argument, and copies only existing files', async () => {
    using home = temporaryHome();
    const text = await dockerfile();
    const { buildArguments } = await serviceImage(service).recipe(home.config);
    const files = await builtFrom(service);
    for (const [name, entry] of Object.entries(buildArguments)) {
      expect(files.has(join('project', entry))).toBe(true);
      expect(text).toContain(`ARG ${name}\n`);
      expect(text).toContain(`/project/\${${name}}`);
    }
    const folders = ['clients', ...Object.keys(service.image.entries)];
    const copied = [...text.matchAll(/^COPY (?!--from)(\S+) /gm)].map(([, path]) => path);
    expect(copied.filter((path) => !folders.includes(path!) && !files.has(path!))).toEqual([]);
    expect(text).not.toContain('/project/sandbox');
  });

  test('has a Dockerfile that creates each path that the service expects', async () => {
    const kept = [...(await dockerfile()).matchAll(/^COPY (?:--from=\S+ )?\S+ (\S+)/gm)].map(([, target = '']) => target);
    const told = Object.values(service.inImage as Record<string, string>);
    expect(told.filter((path) => !kept.some((target) => `${path}/`.startsWith(`${target}/`)))).toEqual([]);
  });
});

test("an image's name depends on its service and what is fetched, not on shared code or the building machine", async () => {
  using home = temporaryHome();
  const recipe = await serviceImage(kafka).recipe(home.config);
  const made = recipe.made.map(({ path }) => path);
  const own = [
    'fetch/sandbox/services/kafka/kafka.sha256',
    'fetch/sandbox/services/kafka/pom.xml',
    'train/sandbox/services/kafka/spec.ts',
  ];
  expect(made).toEqual(
    expect.arrayContaining([...own, 'fetch/sandbox/artifacts/java.requirements.txt', 'prepare.sh', 'Dockerfile']),
  );
  expect(
    made.filter((path) => /flink|clients\/|config\.ts|node_modules|java-compiler/.test(path.replace(/kafka\/client\//, ''))),
  ).toEqual([]);
  const proxied = { ...home.config, clientEnvironment: { https_proxy: 'http://proxy.test' } };
  expect(await hashOf((await serviceImage(kafka).recipe(proxied)).made)).toBe(await hashOf(recipe.made));
});

test('training is separate from fetching: changing the training fetches nothing again', async () => {
  using home = temporaryHome();
  const { made, carried } = await serviceImage(kafka).recipe(home.config);
  const paths = [...made, ...(await carried())].map(({ path }) => path);
  expect(paths).toContain('fetch/sandbox/services/kafka/image/fetch.ts');
  expect(paths).not.toContain('fetch/sandbox/services/kafka/image/train.ts');
  const twice = paths.filter((path) => path.startsWith('train/sandbox') && paths.includes(path.replace('train/', 'fetch/')));
  expect(twice).toEqual([]);
});

test('the supervisor of the workspace image imports only from its folder', async () => {
  using home = temporaryHome();
  const { made } = await workspaceImage.recipe(home.config);
  const sources = made.flatMap((file) => ('source' in file ? [file.source] : []));
  const main = sources.find((source) => source.endsWith('supervisor/main.ts'))!;
  const { modules, packages } = await closureOf([main]);
  expect(modules.filter((module) => dirname(module) !== dirname(main) || !sources.includes(module))).toEqual([]);
  expect(packages).toEqual([]);
});

test('a module brings all its imports but no types, and the files that it names next to itself', async () => {
  using home = temporaryHome();
  const dir = await realpath(home.dir);
  writeFiles(dir, {
    'main.ts': `/** import { no } from './comment.ts' */\nimport { z } from 'zod';\nimport type { T } from './types.ts';\nimport {\n  one,\n} from './deep/one.ts';\nexport * from '#sandbox/errors.ts';\nconst text = join(import.meta.dirname, 'a.txt');`,
    'deep/one.ts': `import { readFile } from 'node:fs/promises';\nexport { type U, two } from '../two.ts';\nexport type { T } from '../types.ts';\nimport '@scope/name/part';`,
    'two.ts': `const late = await import('./late.ts');\nimport { main } from './main.ts';`,
    'late.ts': 'export {};',
    'a.txt': 'a',
  });
  const { modules, data, packages } = await closureOf([join(dir, 'main.ts')]);
  expect(modules.filter((path) => path.startsWith(dir)).map((path) => path.slice(dir.length + 1))).toEqual([
    ...['deep/one.ts', 'late.ts', 'main.ts', 'two.ts'],
  ]);
  expect(modules).toContain(join(PROJECT_DIR, 'sandbox/errors.ts'));
  expect(data).toEqual([join(dir, 'a.txt')]);
  expect(packages).toEqual(['@scope/name', 'zod']);
});

test('rejects, by name, a module that imports a missing file', async () => {
  using home = temporaryHome();
  writeFiles(home.dir, { 'main.ts': `import { gone } from './gone.ts';` });
  await expect(closureOf([join(home.dir, 'main.ts')])).rejects.toThrow(/main\.ts names .*gone\.ts, which does not exist/);
});
