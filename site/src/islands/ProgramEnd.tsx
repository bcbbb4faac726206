import type { Report } from '#sandbox/protocol/report.ts';
import { CodeText } from './CodeText.tsx';

/** What the checked program printed of its end: its error and line, then the last lines, folded. Nothing when it printed nothing. */
export function ProgramEnd({ output: { cause, lastLines = [] } }: { output: Report['output'] }) {
  if (!cause && lastLines.length === 0) return null;
  return (
    <div className="check program-end">
      {cause?.message && (
        <p>
          <b className="strong">Your program ended with an error{cause.place && ` at ${cause.place}`}</b>
          <span className="txt">{cause.message}</span>
        </p>
      )}
      {cause?.hint && (
        <p>
          <CodeText text={cause.hint} />
        </p>
      )}
      {lastLines.length > 0 && (
        <details>
          <summary>The last lines that it printed</summary>
          <pre>{lastLines.join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
