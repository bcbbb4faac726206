import type { ThemeRegistration } from 'shiki';

/**
 * Highlights in the four roles of the design: words, strings, numbers, comments. The colours are tokens, so one block of code serves light
 * and dark.
 */
export const paperTheme: ThemeRegistration = {
  name: 'paper',
  type: 'light',
  fg: 'var(--ink)',
  bg: 'var(--well)',
  settings: [
    { settings: { foreground: 'var(--ink)', background: 'var(--well)' } },
    {
      scope: ['keyword', 'storage', 'keyword.operator.new', 'keyword.operator.expression', 'constant.language'],
      settings: { foreground: 'var(--syn-word)', fontStyle: 'bold' },
    },
    { scope: ['keyword.operator', 'storage.type.function.arrow'], settings: { foreground: 'var(--ink)', fontStyle: '' } },
    { scope: ['string', 'punctuation.definition.string'], settings: { foreground: 'var(--syn-text)' } },
    { scope: ['meta.template.expression', 'punctuation.definition.template-expression'], settings: { foreground: 'var(--ink)' } },
    { scope: ['constant.numeric'], settings: { foreground: 'var(--syn-number)' } },
    { scope: ['comment', 'punctuation.definition.comment'], settings: { foreground: 'var(--syn-note)' } },
  ],
};
