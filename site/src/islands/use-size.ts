import { useEffect, useState } from 'react';

/** Width and height of an element, each time they change. */
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
