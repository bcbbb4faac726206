/** A window of Flink's plan, `TUMBLE(time_col=[began_at], size=[1 min])`, in words. */

interface PlannedWindow {
  kind: string;
  /** As Flink writes them: `1 min`. */
  size: string;
  step: string;
  gap: string;
}

const UNITS: Readonly<Record<string, string>> = { '1 s': 'second', '1 min': 'minute', '1 h': 'hour', '1 d': 'day' };

/** Returns `TUMBLE 1 min`, or `HOP 2 min, every 1 min`. */
export function windowShort(text: string): string {
  const { kind, size, step, gap } = windowOf(text);
  const lengths = { CUMULATE: `up to ${size}, by ${step}`, HOP: `${size}, every ${step}`, SESSION: `gap ${gap}` }[kind] ?? size;
  return `${kind} ${lengths}`.trim();
}

/** Returns what rows are grouped by beside their columns: `minute`, `window of 2 min that begins every 1 min`. */
export function windowNoun(text: string): string {
  const { kind, size, step, gap } = windowOf(text);
  if (kind === 'HOP') return `window of ${size}, one of which begins every ${step}`;
  if (kind === 'CUMULATE') return `window that grows by ${step} up to ${size}`;
  if (kind === 'SESSION') return `session, which a pause of ${gap} ends`;
  return UNITS[size] ?? (size === '' ? 'window' : `window of ${size}`);
}

function windowOf(text: string): PlannedWindow {
  const read = (names: string) => new RegExp(`(?:${names})=\\[([^\\]]+)\\]`).exec(text)?.[1] ?? '';
  const old = /^(Tumbling|Sliding|Session)GroupWindow\('\w+\$?, \w+, (\d+)(?:, (\d+))?\)/.exec(text);
  if (old) {
    const [, name = '', first = '', second = ''] = old;
    const kind = { Tumbling: 'TUMBLE', Sliding: 'HOP', Session: 'SESSION' }[name] ?? '';
    const [size, step] = [lengthOf(Number(first)), lengthOf(Number(second))];
    return { kind, size, step, gap: size };
  }
  const kind = /^\w+/.exec(text)?.[0] ?? '';
  return { kind, size: read('max_size|maxSize|size'), step: read('slide|step'), gap: read('gap') };
}

function lengthOf(ms: number): string {
  const [unit, length] = (
    [
      [86_400_000, 'd'],
      [3_600_000, 'h'],
      [60_000, 'min'],
      [1_000, 's'],
    ] as const
  )
    .filter(([each]) => ms % each === 0 && ms > 0)
    .map(([each, name]) => [name, ms / each] as const)[0] ?? ['ms', ms];
  return `${length} ${unit}`;
}
