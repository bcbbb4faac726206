import { type ReactNode, useEffect, useRef, useState } from 'react';

/** What is seldom needed of the editor, behind a button. It closes on Escape, and on whatever happens outside it. */
export function EditorMenu({ children }: { children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && !frame.current?.contains(target)) setOpen(false);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', leave, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', leave, { capture: true });
    };
  }, [isOpen]);
  return (
    <div className="menu" ref={frame}>
      <button
        type="button"
        ref={button}
        className="btn bare menu-button"
        aria-expanded={isOpen}
        aria-controls="editor-menu"
        aria-label="Editor menu"
        onClick={() => setOpen(!isOpen)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M2 4.5h12M2 8h12M2 11.5h12" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
      <div className="menu-body" id="editor-menu" hidden={!isOpen}>
        {children(() => setOpen(false))}
      </div>
    </div>
  );
}
