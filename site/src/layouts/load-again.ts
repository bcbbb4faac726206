/**
 * Reloads scripts and style sheets of the page that failed to load: Chromium aborts pending loads when the machine's networks change, as
 * they do when a container starts. The head carries the function's source text, so it may use nothing outside itself.
 */
export function loadAgain(): void {
  const pausesMs = [300, 1000, 3000, 10_000];
  addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || !target.matches('script[type=module], link[rel=stylesheet]')) return;
      const tries = Number(target.dataset.tries ?? 0);
      const pauseMs = pausesMs[tries];
      if (pauseMs === undefined) return;
      setTimeout(() => {
        const again = document.createElement(target.localName);
        for (const { name, value } of target.attributes) again.setAttribute(name, value);
        again.dataset.tries = String(tries + 1);
        target.replaceWith(again);
      }, pauseMs);
    },
    true,
  );
}
