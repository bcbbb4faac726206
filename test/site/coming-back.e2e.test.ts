/** Back and Forward, two tabs, and a server that starts again: nothing is lost, and the page shows what is so. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startServer } from '#sandbox/app/server.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { fakeStack } from '../sandbox/fake-stack.ts';
import { temporaryHome } from '../sandbox/temporary-home.ts';
import { passAll } from '../sandbox/test-server.ts';
import { launchBrowser } from './browser.ts';
import { eventually, keptText, lessonPages, monacoReady, toEndOfText } from './exercise/lesson-page.ts';

const openLesson = lessonPages();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const stored = (stub: Awaited<ReturnType<typeof openLesson>>['stub']) => stub.state.drafts.get('log/append')?.files['main.ts'];

async function add(page: Page, text: string): Promise<void> {
  await toEndOfText(page);
  await page.keyboard.type(text);
}

test('Back and Forward keep the text, and show what ran and was checked meanwhile', async () => {
  await using lesson = await openLesson();
  const { page, stub } = lesson;
  const elsewhere = `${stub.url}/glossary/`;
  await monacoReady(page);

  // While typing.
  await add(page, '// hang');
  await page.goto(elsewhere);
  await eventually(() => stored(stub)).toMatch(/\/\/ hang$/);
  await page.goBack();
  await monacoReady(page);
  await add(page, ' on');
  await eventually(() => keptText(page)).toMatch(/\/\/ hang on$/);

  // While it runs; it ends meanwhile.
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=sent 40 records');
  await page.goto(elsewhere);
  for (const stop of stub.state.stops.values()) stop();
  await page.goBack();
  await page.waitForSelector('text=stopped after');

  // While it is checked.
  await monacoReady(page);
  await add(page, ' // solution');
  await page.keyboard.press('Control+Shift+Enter');
  await eventually(() => stub.state.submissions.length).toBe(1);
  await page.goto(elsewhere);
  await page.goBack();
  await button(page, /^passed \d\d:\d\d$/).waitFor();
  await page.goForward();
  await page.goBack();
  await button(page, /^passed \d\d:\d\d$/).waitFor();
  expect(stub.state.submissions).toHaveLength(1);
  await eventually(() => stored(stub)).toMatch(/\/\/ hang on \/\/ solution$/);
});

test('of two tabs each shows what the other ran, checked and reset, once the learner comes to it', async () => {
  await using lesson = await openLesson();
  const { page, stub } = lesson;
  const second = await lesson.again('tab');
  await Promise.all([monacoReady(page), monacoReady(second)]);
  // As a tab that comes to the front, and as a page that the browser shows again as it was left.
  const comeTo = async (tab: Page, how: 'front' | 'back' = 'front') => {
    await tab.bringToFront();
    await tab.evaluate(
      (isBack) => dispatchEvent(isBack ? new PageTransitionEvent('pageshow', { persisted: true }) : new Event('focus')),
      how === 'back',
    );
  };
  await add(page, '// hang');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=sent 40 records');
  await comeTo(second);
  await eventually(() => second.locator('.out').textContent()).toContain('sent 40 records');
  await button(second, 'Stop').click();
  await page.waitForSelector('text=stopped after');
  await button(second, /^Check/).click();
  await second.waitForSelector('#report .check.open dl');
  await button(second, 'Show hint 1 of 3').click();
  await comeTo(page, 'back');
  await eventually(() => page.locator('#report .passed-count').textContent()).toMatch(/^\d of 6 passed$/);
  await eventually(() => page.locator('.hints li').count()).toBe(1);
  await button(page, 'Editor menu').click();
  await button(page, 'Reset').click();
  await button(page, 'Restore the starter').click();
  await eventually(() => second.locator('.monaco .view-lines').textContent()).not.toMatch(/hang/);
  await button(page, 'Undo').click();
  await eventually(() => second.locator('.monaco .view-lines').textContent()).toMatch(/hang/);
  expect(stub.state.submissions).toHaveLength(1);
  expect(await page.locator('.notice.needs').count()).toBe(0);
});

describe('a server that starts again', () => {
  test('while a program runs: the page says that the run is lost, and the next one works', async () => {
    await using lesson = await openLesson();
    const { page, stub } = lesson;
    await monacoReady(page);
    await add(page, '// hang');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=sent 40 records');
    stub.down = true;
    stub.cutStreams();
    await page.getByText('No connection to the server since').waitFor();
    stub.state.runs.clear();
    stub.down = false;
    await page.locator('.out-fault, #output').getByText('A Streamwright error ended this run').first().waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('// ends');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=exit 0 after');
  });

  test('while the learner types and a check is graded: every letter is saved, and the check comes to its verdict, once', async () => {
    using home = temporaryHome();
    const config = { ...home.config, lessonsDir: join(PROJECT_DIR, 'lessons'), siteDir: join(PROJECT_DIR, 'site/dist') };
    const open = async () => fakeStack();
    const gradeUntilStopped: typeof passAll = (_stack, _exercise, _submission, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    let server = await startServer(config, { port: 0, parts: { open, grade: gradeUntilStopped } });
    const port = Number(new URL(server.url).port);
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(`${server.url}/lessons/log/append/`);
      await monacoReady(page);
      await add(page, '// one');
      await page.keyboard.press('Control+Shift+Enter');
      await eventually(() => page.locator('#report .sum').first().textContent()).toMatch(/^(Next in the queue|Judging)/);
      await page.keyboard.type(' two');
      await server.close();
      await page.keyboard.type(' three');
      await page.getByText('No connection to the server since').waitFor();
      await page.keyboard.type(' four');
      server = await startServer(config, { port, parts: { open, grade: passAll } });
      await page.keyboard.type(' five');
      await button(page, /^passed 1 January$/).waitFor();
      await eventually(() => page.locator('#saved-at').textContent()).toMatch(/^saved/);
      const read = (path: string) => page.evaluate((url) => fetch(url).then((response) => response.json()), path);
      expect((await read('/api/drafts/log/append')).files['main.ts']).toMatch(/\/\/ one two three four five$/);
      expect((await read('/api/submissions?lesson=log%2Fappend')).submissions).toHaveLength(1);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
