/** Returns TypeScript that starts `count` more Nodes, which run until they are killed. */
export function children(count: number, marker = 'child', options = '{ stdio: "ignore" }'): string {
  return `import { spawn } from 'node:child_process';
    for (let i = 0; i < ${count}; i++) {
      spawn(process.execPath, ['-e', '/*${marker}*/ setInterval(() => {}, 1000)'], ${options}).on('error', () => {});
    }`;
}

/** Returns TypeScript that prints `up` once it sees as many processes with the marker, and then does something. */
export function onceUp(count: number, marker: string, then: string): string {
  return `import fs from 'node:fs';
    const isChild = (pid) => {
      try { return fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('/*${marker}*/'); } catch { return false; }
    };
    const looking = setInterval(() => {
      if (fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name) && isChild(name)).length < ${count}) return;
      clearInterval(looking);
      console.log('up');
      ${then}
    }, 20);`;
}
