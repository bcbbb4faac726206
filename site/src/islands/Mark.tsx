export type MarkKind = 'pass' | 'fail' | 'unjudged' | 'run' | 'open' | 'error' | 'kept' | 'ran';

const LABELS = {
  pass: 'passed',
  fail: 'failed',
  unjudged: 'skipped',
  run: 'checking',
  open: 'not checked yet',
  error: 'Streamwright error',
  kept: 'kept code',
  ran: 'run',
} as const;

/** The state of a check: the shape shows it, the colour only helps. */
export function Mark({ kind }: { kind: MarkKind }) {
  return (
    <svg className={`mk ${kind}`} viewBox="0 0 16 16" role="img" aria-label={LABELS[kind]}>
      {kind === 'pass' ? (
        <rect x="1" y="1" width="14" height="14" rx="2" fill="currentColor" />
      ) : (
        <rect
          x="1.75"
          y="1.75"
          width="12.5"
          height="12.5"
          rx="2"
          fill="none"
          stroke="currentColor"
          strokeWidth={kind === 'fail' || kind === 'run' ? 1.5 : 1}
          strokeDasharray={kind === 'unjudged' ? '2 2' : undefined}
        />
      )}
      {kind === 'pass' && <path d="M4.2 8.3l2.6 2.6 5-5.6" fill="none" stroke="var(--paper)" strokeWidth="1.8" />}
      {kind === 'fail' && <path d="M5 5l6 6M11 5l-6 6" stroke="currentColor" strokeWidth="1.8" />}
      {kind === 'unjudged' && <path d="M5 8h6" stroke="currentColor" strokeWidth="1.5" />}
      {kind === 'run' && <rect x="5.5" y="5.5" width="5" height="5" rx="1" fill="currentColor" />}
      {kind === 'kept' && <path d="M5 6h6M5 10h4" stroke="currentColor" strokeWidth="1.5" />}
      {kind === 'ran' && <path d="M6 4.8l5 3.2-5 3.2z" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      {kind === 'error' && <path d="M8 4.5v4.5M8 10.5v1.5" stroke="currentColor" strokeWidth="1.6" />}
    </svg>
  );
}
