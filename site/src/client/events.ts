/**
 * The one event stream of a tab. Where it cannot be had or breaks off, `onGap` is called once a second while `busy()` says that
 * something is under way, so that the page reads what it would have been told.
 */
import type { ServerEvent } from '#sandbox/protocol/event.ts';

const TYPES = {
  'run.preparing': true,
  'run.started': true,
  'run.output': true,
  'run.finished': true,
  'sql.statement': true,
  'sql.changes': true,
  'sql.table': true,
  'submission.queued': true,
  'submission.grading': true,
  'submission.awaiting': true,
  'check.result': true,
  'submission.finished': true,
  'lens.topics': true,
  'lens.records': true,
  'lens.groups': true,
  'lens.jobs': true,
  reload: true,
} satisfies Record<ServerEvent['type'], true>;

const POLL_MS = 1_000;
const REOPEN_MS = 5_000;

interface Listener {
  onEvent: (event: ServerEvent) => void;
  /** Events may have been missed: read again. */
  onGap: () => void;
  /** Whether something is under way whose end is awaited. */
  busy: () => boolean;
}

/** Opens the stream and keeps it open while the tab is seen: browsers give all tabs of an origin six connections together. */
export function openEvents({ onEvent, onGap, busy }: Listener): void {
  let source: EventSource | null = null;
  let connected = false;
  let opened = false;
  let lastTry = 0;

  const open = () => {
    lastTry = Date.now();
    source?.close();
    // A new stream knows nothing of what the one before it missed.
    const missed = opened;
    opened = true;
    const stream = new EventSource('/api/events?topics=run,submission,lens');
    source = stream;
    stream.addEventListener('open', () => {
      connected = true;
      if (missed) onGap();
    });
    stream.addEventListener('error', () => {
      connected = false;
    });
    for (const type of Object.keys(TYPES)) {
      stream.addEventListener(type, ({ data }) => {
        const event: ServerEvent = { ...JSON.parse(data), type };
        if (event.type === 'reload') onGap();
        else onEvent(event);
      });
    }
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
      source = null;
      connected = false;
      return;
    }
    open();
  });
  setInterval(() => {
    if (document.hidden || connected) return;
    if (busy()) onGap();
    // A stream that the server refused stays closed by itself; one that broke off is opened again by the browser.
    if (source?.readyState === EventSource.CLOSED && Date.now() - lastTry > REOPEN_MS) open();
  }, POLL_MS);
  if (!document.hidden) open();
}
