import { useEffect, useRef } from 'react';

/** Distance from the end, in px, at which a reader still follows it. */
const NEAR_PX = 24;

/**
 * Keeps the end of a growing list in view while the reader is at its end; whoever has scrolled up keeps their place.
 *
 * @param key of what is listed: another one starts at its end again
 * @param size grows with the list
 * @param isHeld true shows the beginning instead, where the cause of an error is
 */
export function useFollow({ key, size, isHeld }: { key: string | null; size: number; isHeld: boolean }) {
  const ref = useRef<HTMLElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is followed from its start
  useEffect(() => {
    follows.current = true;
  }, [key]);
  useEffect(() => {
    const panel = ref.current;
    if (!panel) return;
    if (isHeld) panel.scrollTop = 0;
    else if (size > 0 && follows.current) panel.scrollTop = panel.scrollHeight;
  }, [size, isHeld]);
  return {
    ref,
    onScroll: ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: React.UIEvent<HTMLElement>) => {
      follows.current = scrollTop + clientHeight >= scrollHeight - NEAR_PX;
    },
  };
}
