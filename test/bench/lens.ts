import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { buildSite } from '../../site/build.ts';
import { launchBrowser } from '../site/browser.ts';
import { type StubServer, startStubServer } from '../site/exercise/stub-server.ts';
import { round, summary } from './statistics.ts';

const LESSON = 'log/keys';
const TOPIC = 'driver-events';
const STORED = 10_000;
const PER_SECOND = 500;
const BATCH_MS = 100;
/** How long records arrive: heap is read at its beginning, in its middle and at its end. */
const ARRIVING_MS = 120_000;
const TRACED_MS = 10_000;
const LONG_TASK_MS = 50; // W3C Long Tasks: a task of more than 50 ms keeps a user waiting

/**
 * The lens with 10,000 records on its topic, at rest while it is scrolled, and while 500 a second arrive: time between frames as Chromium's
 * trace has it, tasks that hold the page up, squares drawn, and the page's heap over two minutes.
 */
export async function benchLens() {
  await buildSite({ onProgress: () => undefined });
  await using stub = await startStubServer(join(PROJECT_DIR, 'site/dist'));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await openWithRecords(page, stub);
    const scrolled = await traced(browser, page, () => scroll(page));
    const ends = new Map(stub.state.lens.topics[0]?.partitions.map(({ partition, end }) => [partition, Number(end)]));
    const heapMb = [await heapOf(session)];
    let stopped = false;
    const arriving = arrive(stub, ends, () => stopped);
    const followed = await traced(browser, page, () => pause(TRACED_MS));
    for (let part = 0; part < 2; part++) {
      await pause(ARRIVING_MS / 2);
      heapMb.push(await heapOf(session));
    }
    stopped = true;
    return { scrolled, followed, recordsThen: await arriving, squares: await squaresOf(page), heapMb };
  } finally {
    await browser.close();
  }
}

async function openWithRecords(page: Page, stub: StubServer): Promise<void> {
  await page.goto(`${stub.url}/lessons/${LESSON}/`);
  await page.locator('[data-editor]').scrollIntoViewIfNeeded();
  await page.waitForSelector('[data-shows="monaco"]', { timeout: 60_000 });
  await page.locator('.monaco .view-lines').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(`// hang, records: ${STORED}`);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector(`text=sent ${STORED} records`, { timeout: 120_000 });
  await page.waitForSelector('.lanes [data-record]');
}

/** Lets records arrive at their pace until told to stop; gives how many there are. */
async function arrive(stub: StubServer, ends: Map<number, number>, isOver: () => boolean): Promise<number> {
  const { runId } = stub.state.lens;
  if (runId === null) throw new Error('the lens shows no run');
  const partitions = [...ends.keys()];
  for (let sent = 0; !isOver(); ) {
    const records = Array.from({ length: (PER_SECOND * BATCH_MS) / 1_000 }, (_, index) => {
      const partition = partitions[(sent + index) % partitions.length] ?? 0;
      const offset = ends.get(partition) ?? 0;
      ends.set(partition, offset + 1);
      const key = String((sent + index) % 40);
      return { partition, offset: String(offset), timestampMs: Date.now(), key, value: `{"driver":"${key}"}`, headers: [] };
    });
    sent += records.length;
    stub.state.send({ type: 'lens.records', runId, topic: TOPIC, records });
    await pause(BATCH_MS);
  }
  return [...ends.values()].reduce((sum, end) => sum + end, 0);
}

async function scroll(page: Page): Promise<void> {
  await page.locator('.lens-scroll').hover();
  for (const until = Date.now() + TRACED_MS; Date.now() < until; ) {
    await page.mouse.wheel(-400, 0);
    await pause(30);
  }
}

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  cat: string;
}

/** Frames and long tasks of Chromium while `task` runs. */
async function traced(browser: Browser, page: Page, task: () => Promise<unknown>) {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline.frame', 'toplevel'],
  });
  const started = performance.now();
  await task();
  const seconds = (performance.now() - started) / 1_000;
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const drawn = traceEvents.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1_000);
  const gaps = drawn.sort((a, b) => a - b).flatMap((at, index) => (index === 0 ? [] : [at - (drawn[index - 1] ?? at)]));
  const tasks = traceEvents.filter(({ name, ph, dur = 0 }) => name === 'RunTask' && ph === 'X' && dur > LONG_TASK_MS * 1_000);
  return {
    framesPerSecond: round(drawn.length / seconds),
    betweenFramesMs: summary(gaps),
    longTasks: { n: tasks.length, longestMs: round(Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1_000))) },
  };
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return round(usedSize / 2 ** 20);
}

function squaresOf(page: Page): Promise<number> {
  return page.locator('.lanes [data-record]').count();
}
