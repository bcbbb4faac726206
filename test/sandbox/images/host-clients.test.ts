import { expect, test } from 'vitest';
import { hostClients } from '#sandbox/images/host-clients.ts';
import { temporaryHome, writeFiles } from '../temporary-home.ts';

test('proxies and indexes of the environment reach the builder, quoted for its shell', async () => {
  const clientEnvironment = { PIP_INDEX_URL: "http://index.test/it's" };
  const files = await hostClients({ clientEnvironment });
  const environment = files.find(({ path }) => path === 'environment');
  expect(environment).toMatchObject({ text: "export PIP_INDEX_URL='http://index.test/it'\\''s'\n" });
});

test('certificates that a variable names are passed on one by one, without the path that they have here', async () => {
  using home = temporaryHome();
  const certificate = '-----BEGIN CERTIFICATE-----\nb3du\n-----END CERTIFICATE-----';
  writeFiles(home.dir, { 'own.pem': `# ours\n${certificate}\n` });
  const files = await hostClients({ clientEnvironment: { PIP_CERT: `${home.dir}/own.pem` } });
  expect(files).toContainEqual(expect.objectContaining({ text: `${certificate}\n` }));
  expect(JSON.stringify(files)).not.toContain(home.dir);
});
