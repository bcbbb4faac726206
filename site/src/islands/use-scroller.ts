import { useEffect, useRef, useState } from 'react';

/** Returns an element's horizontal scroll position and width, updated when they change. */
export function useScroller() {
  const ref = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ scrollLeft: 0, width: 800 });
  useEffect(() => {
    const scroller = ref.current;
    if (!scroller) return;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setSeen({ scrollLeft: scroller.scrollLeft, width: scroller.clientWidth }));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, []);
  return { ref, ...seen };
}
