import { useLayoutEffect, useState } from 'react';

/** Returns an element's width and height, updated when they change. */
export function useSize() {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState({ width: 560, height: 400 });
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    // Before the first paint, so that nothing is drawn at a size that it does not have.
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [element]);
  return { ref, ...size };
}
