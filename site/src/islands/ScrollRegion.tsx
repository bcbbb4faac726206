import type { ComponentProps } from 'react';

/** A part of the page that scrolls by itself, reachable by keyboard. */
export function ScrollRegion({ label, ...props }: ComponentProps<'section'> & { label: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
  return <section {...props} aria-label={label} tabIndex={0} />;
}
