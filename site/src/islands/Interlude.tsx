import { type ReactNode, useEffect, useRef } from 'react';
import { useActions } from './use-exercise.ts';

/**
 * Takes the place of everything below the bar for a moment, and gives it back as it was: with Escape, or with its button. The page behind
 * it cannot be reached meanwhile.
 */
export function Interlude({ label, children }: { label: string; children: ReactNode }) {
  const actions = useActions();
  const place = useRef<HTMLElement>(null);

  useEffect(() => {
    const behind = [...document.querySelectorAll<HTMLElement>('#content, .dock')];
    const { activeElement } = document;
    const top = window.scrollY;
    for (const element of behind) element.inert = true;
    window.scrollTo(0, 0);
    place.current?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) actions?.endInterlude();
    };
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('keydown', leave);
      for (const element of behind) element.inert = false;
      window.scrollTo(0, top);
      if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    };
  }, [actions]);

  return (
    <section className="interlude" aria-label={label} tabIndex={-1} ref={place}>
      <p className="back">
        <button type="button" className="btn" onClick={() => actions?.endInterlude()}>
          Back to the code <kbd className="hide-s">Esc</kbd>
        </button>
      </p>
      {children}
    </section>
  );
}
