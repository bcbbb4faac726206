/** A lesson of each language learned without a pointer: by Tab, Enter, Escape and the shortcuts that the page names. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady } from './exercise/lesson-page.ts';

const openLesson = lessonPages();

declare global {
  interface Window {
    told: string[];
  }
}

/** Where the focus is. */
interface Stop {
  name: string;
  pane: string;
  /** What a learner would miss: no name, nothing that shows the focus, out of the window, before the stop that came before it. */
  lacks: string[];
}

/** Notes whatever is told to screen readers, and the last element that had the focus. */
const watch = ({ page }: { page: Page }) =>
  page.addInitScript(() => {
    window.told = [];
    addEventListener('DOMContentLoaded', () => {
      const regions = '[role=status], [role=alert], [aria-live]';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const region = element?.closest<HTMLElement>(regions);
          const text = region?.textContent.trim();
          if (text && window.told.at(-1) !== text) window.told.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });

function stopHere(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return { name: '', pane: '', lacks: ['focus'] };
    const labelled =
      at.getAttribute('aria-label') ?? document.getElementById(at.getAttribute('aria-labelledby') ?? '')?.textContent;
    const name = (labelled ?? (at as HTMLInputElement).labels?.[0]?.textContent ?? at.textContent ?? '')
      .trim()
      .replace(/\s+/g, ' ');
    const box = at.getBoundingClientRect();
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
    const isEditor = at.closest('.editor') !== null;
    const isShown = isEditor || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    const isInWindow = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    const last = (window as { lastStop?: Element }).lastStop;
    const isBefore = last?.isConnected && last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING;
    Object.assign(window, { lastStop: at });
    const lacks = [
      ...(name ? [] : ['name']),
      ...(isShown ? [] : ['outline']),
      ...(isInWindow || isEditor ? [] : ['place in the window']),
      ...(isBefore ? ['order'] : []),
    ];
    return { name: name.slice(0, 60), pane: at.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? 'page', lacks };
  });
}

/** Goes on with Tab, out of the editor with Escape before it, until a stop has this name. Returns all stops on the way. */
async function tabTo(page: Page, name: RegExp): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let tries = 0; tries < 80; tries++) {
    if (stops.at(-1)?.name.match(/, editor/)) await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    stops.push(await stopHere(page));
    if (name.test(stops.at(-1)!.name)) return stops;
  }
  throw new Error(`no stop is named ${name}: ${stops.map((stop) => stop.name).join(' | ')}`);
}

const focused = (page: Page) => stopHere(page).then(({ name, lacks }) => (lacks.includes('focus') ? 'nothing' : name));
const lacking = (stops: readonly Stop[]) => stops.filter(({ lacks }) => lacks.length > 0);
const told = (page: Page) => page.evaluate(() => window.told.splice(0));

test('log/keys in TypeScript', { timeout: 180_000 }, async () => {
  await using lesson = await openLesson({ lesson: 'log/keys', before: watch });
  const { page, stub, seen } = lesson;
  await monacoReady(page);

  // From the address bar through the whole page: each stop has a name, is seen, and follows the one before it.
  const all = await tabTo(page, /^Skip to content$/).then(async (first) => [...first, ...(await tabTo(page, /^Table$/))]);
  expect(lacking(all)).toEqual([]);
  expect([...new Set(all.map(({ pane }) => pane))]).toEqual(['page', 'text', 'code', 'output', 'report', 'lens']);

  // Read, go to the editor, type, and leave it.
  await page.keyboard.press('Alt+1');
  expect(await focused(page)).toBe('Lesson text');
  await page.keyboard.press('Alt+2');
  expect(await focused(page)).toMatch(/editor/);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// mine');
  await eventually(() => keptText(page, 'log/keys')).toMatch(/\/\/ mine$/);
  await told(page);

  // Run, twice to the same end: told each time, once, and the focus stays where it is.
  await tabTo(page, /^Run/);
  for (let time = 0; time < 2; time++) {
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=exit 0 after 837 ms');
    await eventually(() => focused(page)).toMatch(/^Run/);
    await eventually(async () => (await page.evaluate(() => window.told)).filter((text) => text.startsWith('Run ended'))).toEqual(
      ['Run ended: exit 0 after 837 ms.'],
    );
    await told(page);
  }
  await page.keyboard.press('Alt+3');
  expect((await stopHere(page)).pane).toBe('output');

  // Check, read the report, open a hint.
  await page.keyboard.press('Alt+2');
  await tabTo(page, /^Check/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=What chooses the partition?');
  expect(await focused(page)).toMatch(/^Check/);
  const verdicts = async () => (await told(page)).filter((text) => /checks? passed/.test(text));
  expect(await verdicts()).toEqual([expect.stringMatching(/^4 of 6 checks passed\. First failure: /)]);
  await page.keyboard.press('Alt+4');
  expect((await stopHere(page)).pane).toBe('report');
  await tabTo(page, /^Show in lens$/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.evidence-mark');
  expect(await focused(page)).not.toBe('nothing');
  await page.keyboard.press('Alt+1');
  await tabTo(page, /^Show hint 1 of 3$/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Hint 2 opens after your next check.');
  expect(await focused(page)).toMatch(/^Show hint 2/);
  await page.keyboard.press('Enter');
  expect(await page.locator('.hints li').count()).toBe(1);
  expect(stub.state.submissions).toHaveLength(1);
  expect(seen).toEqual({ errors: [], foreign: [] });
});

test('flink-sql/tumble in SQL', { timeout: 180_000 }, async () => {
  await using lesson = await openLesson({ lesson: 'flink-sql/tumble', before: watch });
  const { page, seen } = lesson;
  await monacoReady(page);
  const all = await tabTo(page, /^Skip to content$/).then(async (first) => [...first, ...(await tabTo(page, /^Log$/))]);
  expect(lacking(all)).toEqual([]);
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n-- mine');
  await page.keyboard.press('Control+m');
  await told(page);
  await page.keyboard.press('Tab');
  const run = await stopHere(page);
  expect(run.name).toMatch(/^Run/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.keyboard.press('F6');
  expect(await focused(page)).not.toBe('nothing');
  await page.keyboard.press('Alt+5');
  expect((await stopHere(page)).pane).toBe('lens');
  await page.keyboard.press('Alt+2');
  await tabTo(page, /^Stop$/);
  await page.keyboard.press('Enter');
  await eventually(() => focused(page)).toMatch(/^Run/);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^Check/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#report .check.open dl');
  expect(await focused(page)).toMatch(/^Check/);
  await page.keyboard.press('Alt+1');
  await tabTo(page, /^Show hint 1 of/);
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('.hints li').count()).toBe(1);
  expect(await focused(page)).not.toBe('nothing');
  expect(seen).toEqual({ errors: [], foreign: [] });
});
