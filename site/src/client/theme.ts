/**
 * Light and dark. The inline script of the layout has set `data-theme` on the root before the first paint; this follows the system and stores
 * a choice that differs from it.
 */
export type Theme = 'light' | 'dark';

const KEY = 'streamwright.theme';
const CHANGE = 'streamwright:theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Calls `changed` after each change of theme; returns a function that ends this. */
export function onThemeChange(changed: (theme: Theme) => void): () => void {
  const listener = () => changed(currentTheme());
  window.addEventListener(CHANGE, listener);
  return () => window.removeEventListener(CHANGE, listener);
}

/** Returns a colour token of the current theme as `#rrggbb`, for code that cannot read CSS variables. */
export function tokenColor(name: `--${string}`): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const channels = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `#${channels
    .slice(0, 3)
    .map((channel) => Number(channel).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Connects the switch in the bar. */
export function startThemeSwitch(button: HTMLElement): void {
  button.addEventListener('click', () => choose(currentTheme() === 'dark' ? 'light' : 'dark'));
  systemDark.addEventListener('change', () => {
    if (localStorage.getItem(KEY) === null) apply(systemTheme());
  });
}

function choose(theme: Theme): void {
  if (theme === systemTheme()) localStorage.removeItem(KEY);
  if (theme !== systemTheme()) localStorage.setItem(KEY, theme);
  apply(theme);
}

function systemTheme(): Theme {
  return systemDark.matches ? 'dark' : 'light';
}

function apply(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  window.dispatchEvent(new Event(CHANGE));
}
