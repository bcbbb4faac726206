/** A piece of text: plain or inline code. No other Markdown is supported. */
export type Piece = { code: boolean; text: string };

/** Splits text into paragraphs at empty lines, and each paragraph into plain pieces and code at backticks. */
export function paragraphsOf(text: string): Piece[][] {
  return text.split(/\n\s*\n/).map((paragraph) =>
    paragraph
      .split(/(`[^`]+`)/)
      .filter((piece) => piece !== '')
      .map((piece) => (/^`.+`$/.test(piece) ? { code: true, text: piece.slice(1, -1) } : { code: false, text: piece })),
  );
}

/** Returns the text without backticks, for a tooltip or a description. */
export function plainText(text: string): string {
  return text.replaceAll('`', '');
}
