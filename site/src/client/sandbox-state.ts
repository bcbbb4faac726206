import type { Health, SandboxFault } from '#sandbox/protocol/health.ts';
import { getJson } from './api/get-json.ts';

const POLL_MS = 2_000;
const MAX_POLLS = 60;

const FAULT_WORDS: Record<SandboxFault['code'], string> = {
  'engine-silent': 'engine does not answer',
  'opening-fails': 'no sandbox can be opened',
};

/** Fills the bar's state line from `GET /api/health`; polls while a service is starting or unavailable, for two minutes at most. */
export async function watchSandboxState(slot: HTMLElement): Promise<void> {
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    const health = await getJson<Health>('/api/health');
    if (!health) return;
    showSandboxState(slot, health);
    const isComplete = !needsFlink() || 'flink' in health.services;
    const isSettled = !health.reason && !Object.values(health.services).includes('starting');
    if (isComplete && isSettled) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Returns whether the page has a Flink SQL exercise: Flink starts when the learner opens the first one. */
function needsFlink(): boolean {
  return document.querySelector('.work.sql') !== null;
}

function showSandboxState(slot: HTMLElement, { services, reason }: Health): void {
  if (reason) {
    slot.dataset.state = 'failed';
    slot.textContent = FAULT_WORDS[reason.code];
    return;
  }
  const states = Object.entries(services);
  const flink = states.find(([service]) => service === 'flink');
  const worst =
    states.find(([, state]) => state === 'failed') ??
    states.find(([, state]) => state === 'starting') ??
    (needsFlink() ? flink : undefined) ??
    states[0];
  if (!worst) return;
  const [service, state] = worst;
  slot.dataset.state = state;
  slot.textContent = `${service} ${state}`;
}
