import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../site/browser.ts';
import type { RunningProduct } from './product.ts';
import { summary } from './statistics.ts';

const LESSON = '/lessons/log/append/';
const COUNT = 5;
/** 1.6 Mbit/s with 150 ms, and a quarter of this processor. */
const SLOW = { bytesPerSecond: 200_000, latencyMs: 150, cpu: 4 };

/**
 * From the click on a link to the lesson: time to the first keystroke that the editor takes, to the editor with completion, and the bytes
 * that went over the wire until then, with an empty cache, in ms and KB.
 */
export async function benchPage(product: RunningProduct) {
  const browser = await launchBrowser();
  try {
    return { loopback: await measure(browser, product, false), slow: await measure(browser, product, true) };
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, product: RunningProduct, slow: boolean) {
  const keystrokes: number[] = [];
  const ready: number[] = [];
  let bytes = {};
  for (let i = 0; i < COUNT; i++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const wire = await watchWire(page, slow);
    await page.addInitScript(focusFieldAndRecordKeystroke);
    const start = Date.now();
    const opened = page.goto(product.url + LESSON, { waitUntil: 'commit' });
    await opened;
    const typed = await typeUntilTaken(page);
    keystrokes.push(typed - start);
    const atKeystroke = wire.kilobytes();
    await page.waitForSelector('[data-editor][data-shows="monaco"]', { timeout: 120_000 });
    ready.push(Date.now() - start);
    bytes = { atFirstKeystrokeKb: atKeystroke, atReadyEditorKb: wire.kilobytes() };
    await context.close();
  }
  const aim = slow ? 1500 : 500;
  return { aimFirstKeystrokeMs: aim, firstKeystrokeMs: summary(keystrokes), readyEditorMs: summary(ready), ...bytes };
}

/** Presses a key as often as the browser takes one, as an impatient learner does, and gives the time at which the first stood in the field. */
async function typeUntilTaken(page: Page): Promise<number> {
  for (;;) {
    await page.keyboard.press('x');
    const at = await page.evaluate(() => Reflect.get(window, 'firstKeystrokeAt'));
    if (typeof at === 'number') return at;
  }
}

/** Stands for the learner's click into the field the moment it is there: Playwright's own takes longer than what is measured. */
function focusFieldAndRecordKeystroke(): void {
  const seen = new MutationObserver(() => {
    const field = document.querySelector<HTMLElement>('textarea.field-text');
    if (!field) return;
    seen.disconnect();
    field.focus();
  });
  seen.observe(document, { childList: true, subtree: true });
  document.addEventListener('input', () => {
    if (!Reflect.has(window, 'firstKeystrokeAt')) Reflect.set(window, 'firstKeystrokeAt', Date.now());
  });
}

async function watchWire(page: Page, slow: boolean) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  if (slow) {
    const { bytesPerSecond, latencyMs, cpu } = SLOW;
    const conditions = {
      offline: false,
      latency: latencyMs,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    };
    await session.send('Network.emulateNetworkConditions', conditions);
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  }
  return { kilobytes: () => Math.round(bytes / 1024) };
}
