/** A moment as Flink's JSON format reads and writes a TIMESTAMP(3) by default: `2026-03-02 08:00:04.250`, in UTC. */
export function sqlTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
}

/** The moment that such a text names. The fraction may be missing, as Flink leaves it out where it is zero. */
export function parseSqlTimestamp(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
