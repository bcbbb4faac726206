/** What a text that was replaced is called in a list. */
export const KEPT_WHY = {
  reset: 'Code before Reset',
  restored: 'Code before another was restored',
  'kept-mine': 'The other text of two',
  'took-theirs': 'The text of this browser',
} as const;
