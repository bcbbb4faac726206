/** A learner's way through a lesson: read, type something wrong, fail, read the hint, type the solution, run, pass. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';

export interface LessonToLearn {
  /** `log/append` */
  id: string;
  /** Editable file: `main.ts`. */
  file: string;
  /** A wrong program below `wrong/`. */
  wrong: string;
  /** Title of the check that it fails first. */
  failing: string;
  /** What stands in the output or the lens once the solution has been run. */
  ran: { in: '.out' | '.lens'; text: RegExp };
}

const LESSONS_DIR = join(PROJECT_DIR, 'lessons');
/** A Flink from nothing takes some 10 s of CPU, and a machine that runs other suites besides has little of it. */
const WAIT = { timeout: 150_000 };

/** @throws Error, by what stands on the page, when the lesson cannot be learned */
export async function learn(page: Page, url: string, lesson: LessonToLearn): Promise<void> {
  await page.goto(`${url}/lessons/${lesson.id}/`);
  await editorReady(page);
  await write(page, read(lesson, `wrong/${lesson.wrong}`));
  await button(page, /^Check/).click();
  await page.waitForSelector('#report .check.open dl', WAIT);
  const opened = page.locator('#report .check.open');
  expect(await opened.count()).toBe(1);
  expect(await opened.textContent()).toContain(lesson.failing);
  // Beside a query, the text is folded to its beginning once something has been checked.
  if (!(await button(page, 'Show hint 1 of 3').isVisible())) await button(page, 'Open: Text and task').click();
  await button(page, 'Show hint 1 of 3').click();
  await expect.poll(() => page.locator('.hints li').count(), WAIT).toBe(1);

  await write(page, read(lesson, `solution/${lesson.file}`));
  await button(page, /^Run/).click();
  await page.waitForFunction(
    ([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector)?.textContent ?? ''),
    [lesson.ran.in, lesson.ran.text.source] as const,
    WAIT,
  );
  if (lesson.file.endsWith('.sql')) await button(page, 'Stop').click();
  await button(page, /^Check/).click();
  await allPassed(page);
  await page.reload();
  await editorReady(page);
  await allPassed(page);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function editorReady(page: Page): Promise<void> {
  await page.waitForSelector('[data-shows="monaco"]', WAIT);
}

/** Waits for a report in which every check passed. */
async function allPassed(page: Page): Promise<void> {
  const isWhole = () => /^(\d+) of \1 passed$/.test(document.querySelector('#report .sum b')?.textContent ?? '');
  await page.waitForFunction(isWhole, null, WAIT);
}

/** Puts the text in place of what stands in the editor, by pasting: Monaco would close brackets and indent what is typed. */
async function write(page: Page, text: string): Promise<void> {
  // Not its lines, which are longer than the pane.
  await page.locator('.monaco').click();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

function read({ id }: LessonToLearn, file: string): string {
  const [module, slug] = id.split('/');
  const named = (dir: string, name: string | undefined) =>
    readdirSync(dir).find((folder) => folder.replace(/^\d+-/, '') === name) ?? '';
  const moduleDir = join(LESSONS_DIR, named(LESSONS_DIR, module));
  return readFileSync(join(moduleDir, named(moduleDir, slug), file), 'utf8');
}
