import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

// statm counts pages: 4 KiB on x86-64 and on most arm64. Where pages are larger, the result is too small.
const PAGE_BYTES = 4096;

export interface TreeMember {
  pid: number;
  /** Its threads: control groups and limits per user also count these. */
  tasks: number;
  /** Resident memory, without shared pages. */
  memoryBytes: number;
}

/** Returns a process and all its descendants, without those that end meanwhile. */
export function processTree(root: number): TreeMember[] {
  return process.platform === 'linux' ? treeOnLinux(root) : treeByPs(root);
}

function treeOnLinux(root: number): TreeMember[] {
  const members: TreeMember[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    try {
      const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
      const tasks = readdirSync(`/proc/${pid}/task`);
      members.push({ pid, tasks: tasks.length, memoryBytes: (resident - shared) * PAGE_BYTES });
      for (const task of tasks) {
        open.push(...readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return members;
}

function treeByPs(root: number): TreeMember[] {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const inTree = new Set([root]);
  for (let size = 0; size !== inTree.size; ) {
    size = inTree.size;
    for (const [pid, parent] of rows) if (pid && parent && inTree.has(parent)) inTree.add(pid);
  }
  return rows.flatMap(([pid = 0, , kilobytes = 0]) =>
    inTree.has(pid) ? [{ pid, tasks: 1, memoryBytes: kilobytes * 1024 }] : [],
  );
}
