import { useLayoutEffect, useRef, useState } from 'react';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { type Align, layoutLanes, recordX } from '../client/lane-layout.ts';
import type { Place } from '../client/lens-layout.ts';
import { useScroller } from './use-scroller.ts';

interface Options {
  topic: LensTopic;
  /** The topic as it was at the moment that the learner looks at; null for now. */
  then: LensTopic | null;
  align: Align;
  cell: number;
  /** False for evidence, which has no end to follow. */
  follows: boolean;
}

/** What of the lanes is in view. At the end it follows the log; whoever has scrolled back keeps what they see. */
export function useLaneView({ topic, then, align, cell, follows }: Options) {
  const { ref, scrollLeft, width } = useScroller();
  const [held, setHeld] = useState<LensTopic | null>(null);
  const scrolledTo = useRef(0);
  const shown = then ?? held ?? topic;
  const layout = layoutLanes(shown.partitions, { align, cell, width });
  const following = follows && held === null && then === null;
  // A moment of the past is entered at its end; from there the learner may scroll back.
  const toEnd = following || (follows && then !== null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with the width of the drawing and of the view
  useLayoutEffect(() => {
    if (!toEnd || !ref.current) return;
    ref.current.scrollLeft = layout.total;
    scrolledTo.current = ref.current.scrollLeft;
  }, [toEnd, layout.total, width, ref]);

  return {
    ref,
    shown,
    layout,
    view: { scrollLeft: following ? Math.max(0, layout.total - width) : scrollLeft, width },
    following: held === null,
    follow: () => setHeld(null),
    hold: () => setHeld(held ?? topic),
    onScroll(scroller: HTMLElement) {
      if (then || !follows || scroller.scrollLeft === scrolledTo.current) return;
      const isAtEnd = scroller.scrollLeft + scroller.clientWidth >= scroller.scrollWidth - cell;
      setHeld(isAtEnd ? null : (held ?? topic));
    },
    /** Scrolls as little as shows the record. */
    bring({ partition, offset }: Place) {
      const scroller = ref.current;
      const lane = layout.lanes.find((one) => one.partition === partition);
      if (!scroller || !lane) return;
      const left = recordX(lane, offset, cell);
      if (left < scroller.scrollLeft) scroller.scrollLeft = left - cell;
      else if (left + cell > scroller.scrollLeft + scroller.clientWidth)
        scroller.scrollLeft = left + 2 * cell - scroller.clientWidth;
    },
  };
}
