/** The windows of an exercise's SQL: kind and lengths, from the text. Pure. */
import { inParentheses, intervalMs, NAME, plain, splitAtCommas } from './sql-parts.ts';

/** A window over an event time. Lengths in ms; `stepMs` is the distance of two bounds, 0 for sessions. */
export interface WindowSpec {
  kind: 'tumble' | 'hop' | 'cumulate' | 'session';
  /** Length of a window, the longest of a cumulating one, the pause that ends a session. */
  sizeMs: number;
  stepMs: number;
  /** How far bounds are shifted from the full hour. */
  offsetMs: number;
  /** Column with the event time. */
  column: string;
  /** Columns whose values have sessions of their own. */
  keys: string[];
}

/**
 * Finds `HOP(TABLE rides, DESCRIPTOR(picked_up_at), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)` and the older
 * `HOP(picked_up_at, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)`.
 *
 * @param groupBy columns that rows are grouped by, for a session of the older form
 */
export function firstWindow(text: string, groupBy: readonly string[]): WindowSpec | null {
  for (const match of text.matchAll(/\b(TUMBLE|HOP|CUMULATE|SESSION)\s*\(/gi)) {
    const found = specOf((match[1] ?? '').toLowerCase(), inParentheses(text, match.index + match[0].length), groupBy);
    if (found) return found;
  }
  return null;
}

function specOf(kind: string, body: string, groupBy: readonly string[]): WindowSpec | null {
  const parts = splitAtCommas(body);
  const [, described] = new RegExp(`DESCRIPTOR\\s*\\(\\s*${NAME}`, 'i').exec(body) ?? [];
  const [, grouped] = new RegExp(`^${NAME}$`).exec(parts[0] ?? '') ?? [];
  const column = plain(described ?? grouped);
  const named = (name: string) => parts.find((part) => new RegExp(`^${name}\\s*=>`, 'i').test(part));
  const places = parts.filter((part) => /^-?\s*INTERVAL\b/i.test(part));
  const lengthOf = (name: string, place: number) => intervalMs(named(name) ?? places[place] ?? '') ?? 0;
  if (column === '') return null;
  switch (kind) {
    case 'tumble': {
      const sizeMs = lengthOf('SIZE', 0);
      return valid({ kind, sizeMs, stepMs: sizeMs, offsetMs: lengthOf('OFFSET', 1), column, keys: [] });
    }
    case 'hop':
    case 'cumulate': {
      const stepMs = lengthOf(kind === 'hop' ? 'SLIDE' : 'STEP', 0);
      return valid({ kind, sizeMs: lengthOf('SIZE', 1), stepMs, offsetMs: lengthOf('OFFSET', 2), column, keys: [] });
    }
    case 'session': {
      const keys = described === undefined ? [...groupBy] : partitionKeys(body);
      return valid({ kind, sizeMs: lengthOf('GAP', 0), stepMs: 0, offsetMs: 0, column, keys });
    }
  }
  return null;
}

/** Flink refuses lengths of which one is no multiple of the other. */
function valid(spec: WindowSpec): WindowSpec | null {
  if (spec.sizeMs <= 0) return null;
  return spec.kind === 'session' || (spec.stepMs > 0 && spec.sizeMs % spec.stepMs === 0) ? spec : null;
}

function partitionKeys(body: string): string[] {
  const [, list = ''] = /PARTITION\s+BY\s+\(?([\w`.,\s]+?)\)?\s*(?:,\s*(?:TIMECOL\s*=>\s*)?DESCRIPTOR|ORDER\b)/i.exec(body) ?? [];
  return list
    .split(',')
    .map((name) => plain(name.trim()))
    .filter((name) => name !== '');
}
