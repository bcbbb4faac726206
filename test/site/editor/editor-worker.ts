/** The editor's TypeScript, as its worker runs it, with the options and libraries of the editor. */
import { glob, readFile } from 'node:fs/promises';
import { clusterFile } from '#sandbox/languages/typescript/cluster-file.ts';
import { nodeLibs } from '../../../site/src/client/editor/typescript/node-libs.ts';
import { NODE_RULES } from '../../../site/src/client/editor/typescript/node-rules.ts';

const DECLARATIONS = [
  'kafkajs/types/index.d.ts',
  '@types/node/**/*.d.ts',
  'undici-types/*.d.ts',
  '{kafkajs,undici-types,@types/node}/package.json',
];

/** Files that a program finds beside it. */
export const FILES: Readonly<Record<string, string>> = {
  'cluster.ts': clusterFile(['orders']),
  'orders.ts': 'export const orders = [{ orderId: "o-1", total: 3 }];\nexport interface Order { orderId: string }\n',
};

export interface Mark {
  line: number;
  message: string;
}

/** Returns what the editor marks as errors in `main.ts`. */
export async function openEditorWorker(): Promise<(main: string) => Promise<Mark[]>> {
  // The worker's file registers itself with its global object.
  Object.assign(globalThis, { self: globalThis });
  const { NodeTypeScriptWorker } = await import('../../../site/src/client/editor/typescript/node-worker.ts');
  const texts: Record<string, string> = {};
  for (const pattern of DECLARATIONS) {
    for await (const path of glob(`node_modules/${pattern}`, { exclude: (name) => name.startsWith('ts5.') }))
      texts[path] = await readFile(path, 'utf8');
  }
  const libs = Object.entries(nodeLibs(texts)).map(([path, content]) => [path, { content, version: 1 }]);
  const models = new Map<string, { text: string; version: number }>();
  const write = (name: string, text: string) => models.set(name, { text, version: (models.get(name)?.version ?? 0) + 1 });
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  write('main.ts', '');
  const context = {
    getMirrorModels: () =>
      [...models].map(([name, { text, version }]) => ({
        uri: { path: `/${name}`, toString: () => `file:///${name}` },
        version,
        getValue: () => text,
      })),
  };
  const worker = new NodeTypeScriptWorker(context, { compilerOptions: NODE_RULES, extraLibs: Object.fromEntries(libs) });
  return async (main) => {
    write('main.ts', main);
    const name = 'file:///main.ts';
    const all = [...(await worker.getSyntacticDiagnostics(name)), ...(await worker.getSemanticDiagnostics(name))];
    return all
      .filter(({ category }) => category === 1)
      .map(({ start = 0, messageText }) => ({ line: main.slice(0, start).split('\n').length, message: String(messageText) }));
  };
}
