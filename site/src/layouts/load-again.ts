/**
 * Loads scripts and style sheets of the page again that did not come: Chromium breaks off what it is loading when the machine's networks
 * change, as they do when a container starts. It is put into the head by its source text, so it may use nothing outside itself.
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
