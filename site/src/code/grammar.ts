/**
 * Colours a language in the field: a regular expression whose groups are the kinds of `Token`. A branch without a group matches plain
 * text, which is skipped as a whole.
 */
export interface Grammar {
  source: string;
  flags: string;
}
