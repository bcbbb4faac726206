/** Folders that a program might find and fill. */
export const FOLDERS = ['/tmp', '/workspace', '/dev/shm', '/var/tmp', '/', '/usr/bin', '/dev', '/run', '/proc'];

/** Writes a megabyte into the workspace and prints its size, then tries to write a gigabyte into each folder and prints what stops it. */
export const FILLS_EVERY_FOLDER = `import fs from 'node:fs';
  fs.writeFileSync('/workspace/small', Buffer.alloc(1e6)); console.log(fs.statSync('/workspace/small').size);
  for (const folder of ${JSON.stringify(FOLDERS)}) {
    try {
      const file = fs.openSync(folder + '/big', 'w');
      for (let i = 0; i < 1024; i++) fs.writeSync(file, Buffer.alloc(1e6));
      console.log(folder, 'FILLED');
    } catch (error) { console.log(folder, error.code); }
  }`;
