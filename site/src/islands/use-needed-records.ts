import { useEffect, useRef } from 'react';
import type { LensTopic } from '#sandbox/protocol/lens.ts';

export interface NeededRange {
  lane: LensTopic['partitions'][number];
  first: number;
  last: number;
}
export type NeedRecords = (topic: LensTopic, first: number, last: number) => Promise<void>;

/** Requests the records in view that are not known: soon after the last move, and while the log grows once a second. */
export function useNeededRecords(
  topic: LensTopic,
  ranges: NeededRange[],
  { live, need }: { live: boolean; need: NeedRecords | undefined },
) {
  const latest = useRef({ topic, ranges });
  latest.current = { topic, ranges };
  const waiting = useRef(false);
  const wanted = JSON.stringify(ranges);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what is in view has changed
  useEffect(() => {
    if (waiting.current || !need) return;
    waiting.current = true;
    // While records are landing, the stream brings the first of them.
    setTimeout(
      async () => {
        waiting.current = false;
        for (const { lane, first, last } of latest.current.ranges) {
          await need({ ...latest.current.topic, partitions: [lane] }, first, last);
        }
      },
      live ? 1_000 : 50,
    );
  }, [need, live, wanted]);
}
