/** Returns TypeScript that starts `count` more Nodes, which run until they are killed. */
export function children(count: number, marker = 'child', options = '{ stdio: "ignore" }'): string {
  return `import { spawn } from 'node:child_process';
    for (let i = 0; i < ${count}; i++) {
      spawn(process.execPath, ['-e', '/*${marker}*/ setInterval(() => {}, 1000)'], ${options}).on('error', () => {});
    }`;
}
