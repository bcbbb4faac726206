import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { filesBelow } from '#sandbox/images/build-context.ts';
import { type Image, NODE, type Recipe } from '#sandbox/images/image.ts';

/** The image that workspaces are started from: Node, kafkajs and the supervisor. */
export const workspaceImage: Image = { name: 'workspace', recipe };

async function recipe(): Promise<Recipe> {
  const kafkajs = await filesBelow(join(PROJECT_DIR, 'node_modules/kafkajs'), {
    target: 'modules/kafkajs',
    accept: (path) => !path.endsWith('.d.ts'),
  });
  const supervisor = await filesBelow(join(import.meta.dirname, '../supervisor'), {
    target: 'supervisor',
    accept: (path) => path.endsWith('.ts'),
  });
  return {
    made: [
      { path: 'Dockerfile', source: join(import.meta.dirname, 'Dockerfile') },
      { path: 'supervisor/package.json', text: '{ "type": "module" }\n' },
      ...kafkajs,
      ...supervisor,
    ],
    // They stand for Node's 120 MB, which would have to be read at each start.
    facts: [process.version, process.arch],
    carried: async () => [NODE],
    buildArguments: {},
  };
}
