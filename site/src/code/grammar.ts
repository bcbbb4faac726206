/**
 * What a language looks like to the field: a regular expression whose groups are the kinds of `Token`. What a group-less branch matches is
 * plain text that is stepped over as a whole.
 */
export interface Grammar {
  source: string;
  flags: string;
}
