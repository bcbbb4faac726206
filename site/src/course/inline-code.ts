/** A piece of a text that knows inline code and nothing else of Markdown. */
export type Piece = { code: boolean; text: string };

/** Parts a text at empty lines into paragraphs, and each paragraph at backticks into plain pieces and code. */
export function paragraphsOf(text: string): Piece[][] {
  return text.split(/\n\s*\n/).map((paragraph) =>
    paragraph
      .split(/(`[^`]+`)/)
      .filter((piece) => piece !== '')
      .map((piece) => (/^`.+`$/.test(piece) ? { code: true, text: piece.slice(1, -1) } : { code: false, text: piece })),
  );
}

/** The text without its marks, for a tooltip or a description. */
export function plainText(text: string): string {
  return text.replaceAll('`', '');
}
