/** Moving through the lessons by arrow keys. Pure. */

/**
 * Returns the lesson that an arrow leads to: along the lane, or to the same place of the lane above or below, or its last one.
 *
 * @param lanes ids of the lessons, by module, each lane not empty
 * @returns null when nothing is there, or for another key
 */
export function pathStep(lanes: readonly (readonly string[])[], from: string, key: string): string | null {
  const lane = lanes.findIndex((ids) => ids.includes(from));
  const place = lanes[lane]?.indexOf(from) ?? -1;
  if (key === 'ArrowLeft') return lanes[lane]?.[place - 1] ?? null;
  if (key === 'ArrowRight') return lanes[lane]?.[place + 1] ?? null;
  const other = key === 'ArrowUp' ? lanes[lane - 1] : key === 'ArrowDown' ? lanes[lane + 1] : undefined;
  return other?.[Math.min(place, other.length - 1)] ?? null;
}
