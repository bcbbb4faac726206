/** Marks the dock's link to the part that crosses the upper third of the screen. */
export function markPartInView(links: NodeListOf<HTMLAnchorElement>): void {
  const linkOf = new Map<Element, HTMLAnchorElement>();
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.filter(({ isIntersecting }) => isIntersecting).at(-1);
      const link = entered && linkOf.get(entered.target);
      if (!link) return;
      for (const other of links) other.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
    },
    { rootMargin: '-33% 0px -66% 0px' },
  );
  for (const link of links) {
    const part = document.querySelector(link.hash);
    if (!part) continue;
    linkOf.set(part, link);
    observer.observe(part);
  }
}
