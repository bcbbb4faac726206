import type { ComponentProps } from 'react';

/** A scrollable part of the page, reachable by keyboard. */
export function ScrollRegion({ label, ...props }: ComponentProps<'section'> & { label: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable without a mouse
  return <section {...props} aria-label={label} tabIndex={0} />;
}
