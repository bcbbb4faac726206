/** The imports between files or folders. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Joins the files of a graph into rooms, without the imports inside a room. */
export function roomGraph(files: Graph, roomOf: (file: string) => string): Graph {
  const rooms = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const room = roomOf(file);
    const reached = rooms.get(room) ?? new Set();
    rooms.set(room, reached);
    for (const target of targets) if (roomOf(target) !== room) reached.add(roomOf(target));
  }
  return rooms;
}

/** Returns the folder of a file; a file directly in `sandbox/`, `site/` or `lessons/` is its own room. */
export function folderOf(file: string): string {
  const parts = file.split('/');
  return parts.length <= 2 ? file : parts.slice(0, -1).join('/');
}

/** Returns the first-level room of a file: `sandbox/leases`, `site/src`. */
export function roomOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

/** Returns a cycle, as its nodes with the first one repeated at the end; null when there is none. */
export function firstCycle(graph: Graph): string[] | null {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return null;
}
