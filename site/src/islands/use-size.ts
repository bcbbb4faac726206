import { useEffect, useState } from 'react';

/** Returns an element's width and height, updated when they change. */
export function useSize() {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState({ width: 560, height: 400 });
  useEffect(() => {
    if (!element) return;
    const sizes = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [element]);
  return { ref, ...size };
}
