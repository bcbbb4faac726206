import { useEffect, useRef } from 'react';
import { createNeededRecords, type NeedRecords, type Wanted } from '../client/needed-records.ts';

/** While records are landing, the stream brings the first of them. */
const LIVE_MS = 1_000;
const QUIET_MS = 50;

/** Requests the records in view that are not known: soon after the last move, while the log grows once a second, and again where that failed. */
export function useNeededRecords(wanted: readonly Wanted[], { live, need }: { live: boolean; need: NeedRecords | undefined }) {
  const latest = useRef({ wanted, need });
  latest.current = { wanted, need };
  const reader = useRef<ReturnType<typeof createNeededRecords> | null>(null);
  useEffect(() => {
    const own = createNeededRecords({
      wanted: () => latest.current.wanted,
      need: async (...range) => latest.current.need?.(...range) ?? true,
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    reader.current = own;
    return () => own.end();
  }, []);
  const places = JSON.stringify(
    wanted.map(({ topic, first, last }) => [topic.name, topic.partitions.map(({ partition }) => partition), first, last]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what is in view has changed
  useEffect(() => {
    if (need) reader.current?.look(live ? LIVE_MS : QUIET_MS);
  }, [need, live, places]);
}
