/** Returns a time as Flink's JSON format reads and writes TIMESTAMP(3) by default: `2026-03-02 08:00:04.250`, in UTC. */
export function sqlTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
}

/** Returns the time in ms since 1970. The fraction may be missing: Flink leaves it out when it is zero. */
export function parseSqlTimestamp(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
