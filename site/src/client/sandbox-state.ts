import type { Health, SandboxFault } from '#sandbox/protocol/health.ts';
import { getJson } from './api/get-json.ts';
import { servicesInWords } from './services-in-words.ts';

const POLL_MS = 2_000;
/** Flink may have to be fetched first, and a broker that keeps ending comes back after a minute. */
const LATER_POLL_MS = 30_000;
const SOON_POLLS = 60;

const FAULT_WORDS: Record<SandboxFault['code'], string> = {
  'engine-silent': 'engine does not answer',
  'opening-fails': 'no sandbox can be opened',
};

let watches = 0;

/**
 * Fills the bar's state line from `GET /api/health`, and again until everything that the page needs is ready: every 2 s for two minutes, then
 * every 30 s. A later call takes over from an earlier one.
 */
export async function watchSandboxState(slot: HTMLElement): Promise<void> {
  const watch = ++watches;
  for (let poll = 0; ; poll++) {
    const health = await getJson<Health>('/api/health');
    if (!health || watch !== watches) return;
    if (!showSandboxState(slot, health)) return;
    await new Promise((resolve) => setTimeout(resolve, poll < SOON_POLLS ? POLL_MS : LATER_POLL_MS));
  }
}

/** Returns the services that the exercise of the page needs; null on a page without one. */
function neededServices(): string[] | null {
  return document.querySelector<HTMLElement>('.work')?.dataset.services?.split(' ') ?? null;
}

/** Returns whether a later answer can differ. */
function showSandboxState(slot: HTMLElement, { services, reason }: Health): boolean {
  const { state, words, isOpen } = servicesInWords(services, neededServices());
  slot.dataset.state = reason ? 'failed' : state;
  const text = reason ? FAULT_WORDS[reason.code] : words;
  // A region that is told to screen readers is told again each time that it is written.
  if (slot.textContent !== text) slot.textContent = text;
  return reason !== null || isOpen;
}
