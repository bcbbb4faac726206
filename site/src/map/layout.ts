/**
 * Places each lesson on the map: lanes are modules, x follows the requirements, lines switch lanes like tracks.
 */
export interface MapModule {
  slug: string;
  lessons: readonly MapLesson[];
}

export interface MapLesson {
  id: string;
  requires: readonly string[];
}

/** Width of a column and height of a lane, in CSS pixels. */
export interface MapScale {
  column: number;
  lane: number;
}

export interface Place {
  column: number;
  lane: number;
  /** Upper left corner of the lesson's square. */
  x: number;
  y: number;
}

/** A line from a lesson to a later one. `path` is SVG path data. */
export interface Track {
  from: string;
  to: string;
  /** `lane` runs along a module, `switch` leads into a different one. */
  kind: 'lane' | 'switch';
  path: string;
}

export interface MapLayout {
  columns: number;
  width: number;
  height: number;
  places: ReadonlyMap<string, Place>;
  tracks: readonly Track[];
}

export const SQUARE = 14;
const TOP = 10;
const BEND = 6;
/** Distance from a lesson to the bend of its incoming track, so that the track does not cross the lesson's label. */
const SWITCH_BEFORE = 12;

/**
 * Lays out the map. A lesson is to the right of everything that it requires and of its predecessor in the module.
 * @throws Error naming the lessons of a cycle, when lessons require each other
 */
export function layOutMap(modules: readonly MapModule[], scale: MapScale): MapLayout {
  const columns = columnsOf(modules);
  const places = new Map<string, Place>();
  for (const [lane, { lessons }] of modules.entries()) {
    for (const { id } of lessons) {
      const column = columns.get(id) ?? 0;
      places.set(id, { column, lane, x: column * scale.column, y: lane * scale.lane + TOP });
    }
  }
  const columnCount = Math.max(0, ...columns.values()) + 1;
  return {
    columns: columnCount,
    width: columnCount * scale.column,
    height: modules.length * scale.lane,
    places,
    tracks: tracksOf(modules, places),
  };
}

function columnsOf(modules: readonly MapModule[]): Map<string, number> {
  const before = new Map(
    modules.flatMap(({ lessons }) =>
      lessons.map(({ id, requires }, index) => {
        const forerunner = lessons[index - 1];
        return [id, forerunner ? [...requires, forerunner.id] : requires] as const;
      }),
    ),
  );
  const columns = new Map<string, number>();
  const visit = (id: string, path: readonly string[]): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    if (path.includes(id))
      throw new Error(`lessons require each other: ${[...path, id].join(' -> ')}. Hint: remove one of these requirements.`);
    const needed = (before.get(id) ?? []).map((other) => visit(other, [...path, id]) + 1);
    const column = Math.max(0, ...needed);
    columns.set(id, column);
    return column;
  };
  for (const id of before.keys()) visit(id, []);
  return columns;
}

function tracksOf(modules: readonly MapModule[], places: ReadonlyMap<string, Place>): Track[] {
  const track = (from: string, to: string): Track[] => {
    const start = places.get(from);
    const end = places.get(to);
    if (!start || !end) return [];
    const kind = start.lane === end.lane ? 'lane' : 'switch';
    return [{ from, to, kind, path: kind === 'lane' ? lanePath(start, end) : switchPath(start, end) }];
  };
  return modules.flatMap(({ lessons }) =>
    lessons.flatMap(({ id, requires }, index) => {
      const forerunner = lessons[index - 1];
      const foreign = requires.filter((other) => places.get(other)?.lane !== places.get(id)?.lane);
      return [...(forerunner ? track(forerunner.id, id) : []), ...foreign.flatMap((other) => track(other, id))];
    }),
  );
}

function lanePath(start: Place, end: Place): string {
  const y = start.y + SQUARE / 2;
  return `M${start.x + SQUARE} ${y}H${end.x}`;
}

function switchPath(start: Place, end: Place): string {
  const y1 = start.y + SQUARE / 2;
  const y2 = end.y + SQUARE / 2;
  const bend = y2 > y1 ? BEND : -BEND;
  const x = end.x - SWITCH_BEFORE;
  return `M${start.x + SQUARE} ${y1}H${x - BEND}Q${x} ${y1} ${x} ${y1 + bend}V${y2 - bend}Q${x} ${y2} ${x + BEND} ${y2}H${end.x}`;
}
