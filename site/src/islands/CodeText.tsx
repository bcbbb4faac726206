import { createElement, Fragment } from 'react';
import { paragraphsOf } from '../course/inline-code.ts';

/** A sentence whose parts in backticks are code. */
export function CodeText({ text }: { text: string }) {
  const pieces = paragraphsOf(text).flatMap((paragraph, place) => [
    ...(place > 0 ? [<br key="break" />] : []),
    ...paragraph.map((piece) => (piece.code ? <code key={piece.text}>{piece.text}</code> : piece.text)),
  ]);
  return createElement(Fragment, null, ...pieces);
}
