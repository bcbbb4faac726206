import { useEffect, useRef, useState } from 'react';

/** How far an element is scrolled to the right and how wide it is, each time that changes. */
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
