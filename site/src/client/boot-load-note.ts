/**
 * Says what a press of Run or Check waits for while the page's scripts are still loading, and, when some of them do not come at all, what
 * does not work. No button then looks as if it did. The page carries the function's source text, so it may use nothing outside itself.
 */
export function bootLoadNote(): void {
  const editor = document.querySelector<HTMLElement>('[data-editor]');
  const note = document.querySelector<HTMLElement>('.load-note');
  if (!editor || !note) return;
  let isBroken = false;
  const isStarted = () => 'taken' in editor.dataset;
  const say = (words: string) => {
    note.hidden = false;
    note.replaceChildren(words);
  };

  new MutationObserver(() => {
    const { early } = editor.dataset;
    if (isBroken) return;
    if (early !== undefined) say(`${early === 'run' ? 'Run' : 'Check'} starts as soon as the page has loaded.`);
    if (isStarted()) note.hidden = true;
  }).observe(editor, { attributeFilter: ['data-early', 'data-taken'] });

  addEventListener('part-missing', () => {
    isBroken = true;
    const lacks = isStarted()
      ? 'Part of this page did not load; what is grey does not work.'
      : 'This page did not load completely: Run, Check and saving on the server do not work.';
    const kept =
      'unkept' in editor.dataset ? 'Copy your text first: this browser stores nothing.' : 'Your text is kept in this browser.';
    say(`${lacks} ${kept} `);
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'unfold';
    again.textContent = 'Load the page again';
    again.addEventListener('click', () => location.reload());
    note.append(again);
    const dead = isStarted() ? 'astro-island[ssr] button' : '#content button:not(.load-note button, [popovertarget])';
    for (const button of document.querySelectorAll<HTMLButtonElement>(dead)) button.disabled = true;
  });
}
