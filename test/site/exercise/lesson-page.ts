/** A lesson's page in a browser, with the stub server behind it. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { buildSite } from '../../../site/build.ts';
import { launchBrowser } from '../browser.ts';
import { watchPage } from '../page-watch.ts';
import { type StubServer, startStubServer } from './stub-server.ts';

export interface LessonPage extends AsyncDisposable {
  page: Page;
  stub: StubServer;
  /** Errors of the console, requests to others. */
  seen: { errors: string[]; foreign: string[] };
  /** Opens the same lesson in another tab, or with `elsewhere` in another browser. */
  again: (where: 'tab' | 'elsewhere') => Promise<Page>;
}

export interface LessonOptions extends BrowserContextOptions {
  lesson?: 'log/append' | 'log/keys' | 'flink-sql/filter-route' | 'flink-sql/tumble' | 'flink-sql/upsert';
  /** Runs before the page is opened. */
  before?: (parts: { page: Page; stub: StubServer }) => unknown;
}

/** Called once at the top of a test file: builds the site, starts a browser, and gives what opens a lesson with a server of its own. */
export function lessonPages(): (options?: LessonOptions) => Promise<LessonPage> {
  let browser: Browser | null = null;
  beforeAll(async () => {
    await buildSite({ onProgress: () => undefined });
    browser = await launchBrowser();
  });
  afterAll(async () => browser?.close());

  return async ({ lesson = 'log/append', before, ...options } = {}) => {
    if (!browser) throw new Error('open a lesson inside a test');
    const running = browser;
    const stub = await startStubServer(join(PROJECT_DIR, 'site/dist'));
    const url = `${stub.url}/lessons/${lesson}/`;
    const contextOptions = { viewport: { width: 1440, height: 900 }, ...options };
    const contexts = [await running.newContext(contextOptions)];
    const page = await contexts[0]!.newPage();
    const seen = await watchPage(page, stub.url);
    await before?.({ page, stub });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForSelector('textarea.field-text', { state: 'attached' });
    return {
      page,
      stub,
      seen,
      async again(where) {
        const context = where === 'tab' ? contexts[0]! : await running.newContext(contextOptions);
        if (where === 'elsewhere') contexts.push(context);
        const other = await context.newPage();
        await other.goto(url);
        return other;
      },
      async [Symbol.asyncDispose]() {
        await Promise.all(contexts.map((context) => context.close()));
        await stub[Symbol.asyncDispose]();
      },
    };
  };
}

/** Brings a pane to the front, where the window has no room for all of them. */
export async function toPane(page: Page, name: 'Text' | 'Code' | 'Output' | 'Report' | 'Lens'): Promise<void> {
  // Not whether the dock is seen: without its style sheet it is, at any width.
  if (await page.evaluate(() => innerWidth >= 1280)) return;
  await page
    .locator('.dock')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
}

/** Opens the menu of the editor. */
export async function editorMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Editor menu' }).click();
}

/** Goes to the editor, and resolves when Monaco has taken over from the plain field. */
export async function monacoReady(page: Page): Promise<void> {
  await toPane(page, 'Code');
  await page.waitForSelector('[data-shows="monaco"]', { timeout: 30_000 });
}

/** The learner's file as this browser keeps it; null before anything was typed. */
export function keptText(page: Page, lesson = 'log/append', file = 'main.ts'): Promise<string | null> {
  return page.evaluate(([key, name]) => JSON.parse(localStorage.getItem(key) ?? 'null')?.files[name] ?? null, [
    `streamwright:draft:${lesson}`,
    file,
  ] as const);
}

/** The lines that Monaco shows, its spaces as spaces. */
export async function shownLines(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.monaco .view-line')]
      .map((line) => ({ top: Number.parseFloat(line.style.top), text: (line.textContent ?? '').replaceAll('\u00a0', ' ') }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
}

/** Puts the caret at the end of Monaco's text. */
export async function toEndOfText(page: Page): Promise<void> {
  await page.locator('.monaco .view-lines').click();
  await page.keyboard.press('Control+End');
}

/** Reads until the assertion holds; a busy machine gets its time. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read);
}
