import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Height of a lane of the lens. */
    '--lane'?: string;
    /** Place of a mark on a small axis of the lens. */
    '--at'?: string;
  }
}
