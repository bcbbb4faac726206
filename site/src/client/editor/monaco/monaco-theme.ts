import { currentTheme, onThemeChange, tokenColor } from '../../theme.ts';
import { monaco } from './monaco-parts.ts';

/** Defines the theme `streamwright` from the page's tokens, and again each time the page switches between light and dark. */
export function followTheme(): void {
  define();
  onThemeChange(define);
}

function define(): void {
  const color = tokenColor;
  const bare = (name: `--${string}`) => color(name).slice(1);
  monaco.editor.defineTheme('streamwright', {
    base: currentTheme() === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: bare('--ink') },
      { token: 'keyword', foreground: bare('--syn-word'), fontStyle: 'bold' },
      { token: 'string', foreground: bare('--syn-text') },
      { token: 'regexp', foreground: bare('--syn-text') },
      { token: 'number', foreground: bare('--syn-number') },
      { token: 'comment', foreground: bare('--syn-note') },
    ],
    colors: {
      'editor.background': color('--well'),
      'editor.foreground': color('--ink'),
      'editorCursor.foreground': color('--ink'),
      'editor.lineHighlightBackground': color('--sunk'),
      'editor.selectionBackground': color('--trace'),
      'editor.inactiveSelectionBackground': color('--hair'),
      'editorLineNumber.foreground': color('--ink-3'),
      'editorLineNumber.activeForeground': color('--ink'),
      'editorLineNumber.dimmedForeground': color('--ink-3'),
      'editorBracketMatch.background': color('--sunk'),
      'editorBracketMatch.border': color('--edge'),
      'editor.findMatchBackground': color('--trace'),
      'editor.findMatchHighlightBackground': color('--hair'),
      'editorError.foreground': color('--fail'),
      'editorWarning.foreground': color('--live'),
      'editorInfo.foreground': color('--ink-3'),
      'editorHint.foreground': color('--ink-3'),
      'editorUnnecessaryCode.opacity': '#000000aa',
      'editorWidget.background': color('--paper'),
      'editorWidget.foreground': color('--ink'),
      'editorWidget.border': color('--edge'),
      'editorHoverWidget.background': color('--paper'),
      'editorHoverWidget.border': color('--edge'),
      'editorSuggestWidget.background': color('--paper'),
      'editorSuggestWidget.border': color('--edge'),
      'editorSuggestWidget.foreground': color('--ink'),
      'editorSuggestWidget.highlightForeground': color('--ink'),
      'editorSuggestWidget.focusHighlightForeground': color('--ink'),
      'editorSuggestWidget.selectedBackground': color('--sunk'),
      'editorSuggestWidget.selectedForeground': color('--ink'),
      'list.hoverBackground': color('--sunk'),
      'list.focusBackground': color('--sunk'),
      'list.focusForeground': color('--ink'),
      'menu.background': color('--paper'),
      'menu.foreground': color('--ink'),
      'menu.border': color('--edge'),
      'menu.selectionBackground': color('--sunk'),
      'menu.selectionForeground': color('--ink'),
      'quickInput.background': color('--paper'),
      'quickInput.foreground': color('--ink'),
      'quickInputList.focusBackground': color('--sunk'),
      'quickInputList.focusForeground': color('--ink'),
      'input.background': color('--well'),
      'input.foreground': color('--ink'),
      'input.border': color('--edge'),
      'inputOption.activeBorder': color('--ink'),
      focusBorder: color('--focus'),
      'textLink.foreground': color('--ink'),
      'widget.shadow': '#00000000',
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${color('--edge')}66`,
      'scrollbarSlider.hoverBackground': `${color('--edge')}99`,
      'scrollbarSlider.activeBackground': color('--edge'),
    },
  });
  monaco.editor.setTheme('streamwright');
}
