/**
 * The only event stream of a tab. While it is unavailable, `onGap` is called once a second as long as `busy()` returns true, so that the
 * page reads what the stream would have sent; while it is silent, every five seconds.
 */

import { visibleData } from '#lessons/visible.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';

const TYPES = {
  'run.preparing': true,
  'run.started': true,
  'run.output': true,
  'run.finished': true,
  'run.broken': true,
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
/** A stream that brings nothing for this long while something is under way may be cut without anyone being told. */
const QUIET_MS = 5_000;

interface Listener {
  onEvent: (event: ServerEvent) => void;
  /** Called when events may have been missed: read again. */
  onGap: () => void;
  /** Returns whether the page waits for something to end. */
  busy: () => boolean;
  /** Called when the stream was cut. */
  onCut?: () => void;
}

/** Opens the stream and keeps it open while the tab is visible: browsers share six connections among all tabs of an origin. */
export function openEvents({ onEvent, onGap, busy, onCut }: Listener): void {
  let source: EventSource | null = null;
  let connected = false;
  let opened = false;
  let lastTry = 0;
  let lastHeard = 0;

  const open = () => {
    lastTry = Date.now();
    source?.close();
    // A new stream does not repeat what was sent while none was open.
    const missed = opened;
    opened = true;
    const stream = new EventSource('/api/events?topics=run,submission,lens');
    source = stream;
    stream.addEventListener('open', () => {
      connected = true;
      lastHeard = Date.now();
      if (missed) onGap();
    });
    stream.addEventListener('error', () => {
      if (connected) onCut?.();
      connected = false;
    });
    for (const type of Object.keys(TYPES)) {
      stream.addEventListener(type, ({ data }) => {
        lastHeard = Date.now();
        // Everything in it is shown, and sent back by nothing.
        const event: ServerEvent = visibleData({ ...JSON.parse(data), type });
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
    if (document.hidden) return;
    const isQuiet = Date.now() - lastHeard > QUIET_MS;
    if (busy() && (!connected || isQuiet)) {
      lastHeard = Date.now();
      onGap();
    }
    if (connected) return;
    // The browser reopens a stream that was cut, but not one that the server refused.
    if (source?.readyState === EventSource.CLOSED && Date.now() - lastTry > REOPEN_MS) open();
  }, POLL_MS);
  if (!document.hidden) open();
}
