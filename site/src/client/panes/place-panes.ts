/** One pane along an axis of the workspace. Lengths are px. */
export interface Track {
  /** Names its stored size and its CSS variable `--pane-<name>`. */
  name: string;
  /** It is never smaller, unless folded. */
  smallest: number;
  /** Its size until the learner changes it: px, at most `share` of the axis; without px, that share of what the others leave. */
  design: { px?: number; share?: number };
  /** Its size when folded; without it, it never folds. */
  strip?: number;
}

/** Panes beside or below one another, with a line of 1 px between two. */
export interface Axis {
  along: 'width' | 'height';
  tracks: readonly Track[];
  /** The first of these that is not folded takes what the others leave. The last one never folds. */
  takes: readonly string[];
  /** Who shrinks to its smallest size, in this order, for what the taker lacks. */
  gives: readonly string[];
  /** What folds, in this order, when not even the smallest sizes fit. */
  folds: readonly string[];
}

/** What the learner has chosen; unknown names count for nothing. */
export interface Chosen {
  /** px by name of the track */
  sizes: Readonly<Record<string, number>>;
  folded: readonly string[];
}

export interface Placed {
  name: string;
  size: number;
  /** Limits of its size as the others are. */
  min: number;
  max: number;
  /** `taker` has the rest; neither it nor a folded pane has a size to choose. */
  state: 'sized' | 'taker' | 'folded';
}

/**
 * Places the panes of an axis. Together with the lines between them they are as long as `space`, or as their smallest sizes when that is
 * more. The page carries the function's source text, so it may use nothing outside itself and its arguments.
 */
export function placePanes({ tracks, takes, gives, folds }: Axis, space: number, { sizes, folded }: Chosen): Placed[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const shut = new Set(tracks.filter(({ name, strip }) => strip !== undefined && folded.includes(name)).map(({ name }) => name));
  const leastOf = ({ name, smallest, strip }: Track) => (shut.has(name) ? (strip ?? smallest) : smallest);
  const least = () => sum(tracks.map(leastOf)) + tracks.length - 1;
  for (const name of folds) if (least() > space) shut.add(name);

  const room = Math.max(space, least()) - (tracks.length - 1);
  const taker = takes.find((name) => !shut.has(name));
  const fixed = sum(tracks.map(({ design }) => design.px ?? 0));
  const wanted = ({ name, design: { px, share = 1 } }: Track) => {
    const chosen = sizes[name];
    if (chosen !== undefined && Number.isFinite(chosen)) return chosen;
    return px === undefined ? (room - fixed) * share : Math.min(px, room * share);
  };
  const placed = tracks.map((track) => {
    const min = leastOf(track);
    const isSized = !shut.has(track.name) && track.name !== taker;
    return { name: track.name, min, size: isSized ? Math.round(Math.max(min, wanted(track))) : min };
  });
  let over = room - sum(placed.map(({ size }) => size));
  for (const giver of gives) {
    const pane = placed.find(({ name }) => name === giver);
    if (!pane) continue;
    const given = Math.min(Math.max(0, -over), pane.size - pane.min);
    pane.size -= given;
    over += given;
  }
  return placed.map(({ name, size, min }) => {
    if (name === taker) return { name, size: size + over, min, max: size + over, state: 'taker' };
    return { name, size, min, max: shut.has(name) ? size : size + over, state: shut.has(name) ? 'folded' : 'sized' };
  });
}
