/**
 * Loads scripts, style sheets and islands of the page again that failed to load: Chromium aborts pending loads when the machine's networks
 * change, as they do when a container starts. Sends `part-missing` when one does not come at all. The head carries the function's source
 * text, so it may use nothing outside itself.
 */
export function loadAgain(): void {
  const pausesMs = [300, 1000, 3000, 10_000];
  /** Returns whether another try follows. */
  const after = (part: HTMLElement, load: (tries: string) => void): boolean => {
    const tries = Number(part.dataset.tries ?? 0);
    const pauseMs = pausesMs[tries];
    if (pauseMs === undefined) dispatchEvent(new Event('part-missing'));
    else setTimeout(() => load(String(tries + 1)), pauseMs);
    return pauseMs !== undefined;
  };
  addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || !target.matches('script[type=module], link[rel=stylesheet]')) return;
      after(target, (tries) => {
        const again = document.createElement(target.localName);
        for (const { name, value } of target.attributes) again.setAttribute(name, value);
        again.dataset.tries = tries;
        target.replaceWith(again);
      });
    },
    true,
  );
  // Astro has tried twice by then.
  addEventListener('astro:hydration-error', (event) => {
    const island = event.target;
    if (!(island instanceof HTMLElement) || !('start' in island) || typeof island.start !== 'function') return;
    const start = island.start.bind(island);
    const goesOn = after(island, (tries) => {
      island.dataset.tries = tries;
      start();
    });
    if (goesOn) event.preventDefault();
  });
}
