import type * as EditorLookParts from './editor-look.ts';

/**
 * Makes the plain field work before any bundle has loaded: restores this browser's draft before the first paint, redraws the block below
 * and stores the text on each input, and remembers a command that comes too early. The page carries the function's source text, so it
 * may use nothing outside itself and its arguments.
 */
export function bootField(
  highlight: (text: string) => string,
  { lookFrom, showLook }: Pick<typeof EditorLookParts, 'lookFrom' | 'showLook'>,
): void {
  const editor = document.querySelector<HTMLElement>('[data-editor]');
  const area = editor?.querySelector('textarea');
  const ink = editor?.querySelector('pre');
  if (!editor || !area || !ink) return;
  const key = `streamwright:draft:${editor.dataset.lesson}`;
  const file = area.dataset.file ?? '';
  editor.dataset.live = '';

  let look: string | null = null;
  try {
    look = localStorage.getItem('streamwright:editor');
  } catch {
    editor.dataset.unkept = '';
  }
  showLook(editor, lookFrom(look));

  let seen: string | null = null;
  let last = '';
  try {
    seen = localStorage.getItem(key);
    const text = seen && JSON.parse(seen).files[file];
    if (typeof text === 'string' && text !== area.value) {
      area.value = text;
      ink.innerHTML = highlight(text);
    }
  } catch {
    editor.dataset.unkept = '';
  }
  last = area.value;

  const keep = () => {
    try {
      const now = localStorage.getItem(key);
      // Another tab of this lesson has written since the last look: its text is set aside, not overwritten.
      if (now && now !== seen && JSON.parse(now).files[file] !== last) localStorage.setItem(`${key}:other`, now);
      const draft = now ? JSON.parse(now) : { files: {}, base: 0 };
      seen = JSON.stringify({ ...draft, files: { ...draft.files, [file]: area.value }, dirty: true, at: Date.now() });
      localStorage.setItem(key, seen);
      last = area.value;
      delete editor.dataset.unkept;
    } catch {
      editor.dataset.unkept = '';
    }
  };
  const draw = () => {
    ink.innerHTML = highlight(area.value);
  };
  // Sent when the bundle changes the field's text.
  area.addEventListener('draw', draw);
  area.addEventListener('input', () => {
    draw();
    // Once the bundle has taken over, it stores drafts and this listener only draws.
    if (!('taken' in editor.dataset)) keep();
  });
  area.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 'm' && event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if ('tabFree' in editor.dataset) delete editor.dataset.tabFree;
      else editor.dataset.tabFree = '';
    }
    if (event.code === 'KeyZ' && event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      editor.toggleAttribute('data-wraps');
    }
    if (event.key === 'Escape') editor.dataset.tabOnce = '';
    else if (event.key !== 'Tab' && event.key !== 'Shift') delete editor.dataset.tabOnce;
    if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if ('tabFree' in editor.dataset || 'tabOnce' in editor.dataset) return;
    event.preventDefault();
    // The only way to keep the field's own undo history.
    document.execCommand('insertText', false, '  ');
  });
  const early = (command: string) => {
    if (!('taken' in editor.dataset)) editor.dataset.early = command;
  };
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || 'taken' in editor.dataset) return;
    event.preventDefault();
    early(event.shiftKey ? 'check' : 'run');
  });
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-command]') : null;
    if (button) early(button.dataset.command ?? '');
  });
}
