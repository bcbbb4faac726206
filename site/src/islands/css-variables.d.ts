import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Operators in a row of the lens. */
    '--columns'?: number;
    /** How far the rest of a wrapped line of code hangs. */
    '--hang'?: string;
  }
}
