import type { Exercise } from './exercise-store.ts';

/**
 * Listens for Run and Check: Ctrl/Cmd+Enter runs, with Shift it checks, wherever the focus is. The two buttons work before their island
 * has loaded. Then carries out a command that was given before the bundle had loaded.
 */
export function listenForCommands(exercise: Exercise): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      // Runs before the editor, whose own Ctrl+Enter inserts a line.
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      obey(event.shiftKey ? 'check' : 'run');
    },
    { capture: true },
  );
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-command]') : null;
    if (button && button.ariaDisabled !== 'true') obey(button.dataset.command);
  });
  const editor = document.querySelector<HTMLElement>('[data-editor]');
  obey(editor?.dataset.early);
  delete editor?.dataset.early;

  function obey(command: string | undefined) {
    if (command === 'run') void exercise.run();
    if (command === 'check') void exercise.check();
  }
}
