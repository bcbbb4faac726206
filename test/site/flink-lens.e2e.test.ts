import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { eventually, type LessonOptions, lessonPages, monacoReady, toPane } from './exercise/lesson-page.ts';
import { axeViolations, layoutShifts } from './page-watch.ts';

const open = lessonPages();
const FOLDERS = { 'flink-sql/filter-route': '01-filter-route', 'flink-sql/tumble': '02-tumble', 'flink-sql/upsert': '03-upsert' };
type SqlLesson = keyof typeof FOLDERS;

const solutionOf = (lesson: SqlLesson) =>
  readFileSync(join(PROJECT_DIR, 'lessons/05-flink-sql', FOLDERS[lesson], 'solution/main.sql'), 'utf8');

/** A lesson with this SQL as the learner's draft, running. */
async function run(lesson: SqlLesson, text: string, options: LessonOptions = {}) {
  const opened = await open({
    ...options,
    lesson,
    before: ({ stub }) => {
      stub.state.drafts.set(lesson, { files: { 'main.sql': text }, version: 1, savedAt: new Date().toISOString() });
    },
  });
  await monacoReady(opened.page);
  await eventually(() => opened.page.locator('.monaco .view-lines').textContent()).toContain('CREATE');
  await opened.page.getByRole('button', { name: /^Run/ }).click();
  await toPane(opened.page, 'Lens');
  await opened.page.waitForSelector('.oper');
  return opened;
}

const facts = (page: Page) => page.locator('.lens .facts').textContent();
const tab = (page: Page, name: string) => page.locator('.lens').getByRole('button', { name, exact: true });

/** Names of operators that are cut or outside of the lens. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const right = document.querySelector('.lens.job')!.getBoundingClientRect().right;
    return [...document.querySelectorAll<HTMLElement>('.oper')]
      .filter((cell) => {
        const name = cell.querySelector<HTMLElement>('h3, button')!;
        const counts = cell.querySelector<HTMLElement>('.io')!;
        return (
          cell.getBoundingClientRect().right > right + 0.5 || [name, counts].some((one) => one.scrollWidth > one.clientWidth)
        );
      })
      .map((cell) => cell.textContent);
  });

describe('the lens of a Flink SQL exercise', () => {
  test('shows the operators of the job, event time against arrival, closed windows, and what the job wrote', async () => {
    await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble').replace("'20' SECOND", "'0' SECOND"));
    const { page } = lesson;
    await eventually(() => facts(page)).toMatch(/^170 events in, 1 row waits in open windows, \d+ late$/);
    await eventually(() => page.locator('.oper h3').allTextContents()).toEqual(['Source', 'Calc', 'Window', 'Sink']);
    await eventually(() => page.locator('.oper').last().textContent()).toMatch(/^Sinkper_minutewrote \d+ records$/);
    await eventually(() => page.locator('.timechart > svg:last-of-type').getAttribute('aria-label')).toMatch(
      /^Event time across, arrival down: 170 records, watermark \d\d:\d\d:30; \d+ of \d+ windows closed, \d+ records late\.$/,
    );
    await eventually(() => page.locator('.timechart .floor').count()).toBeGreaterThan(1);
    await eventually(() => page.locator('.timechart .late').count()).toBeGreaterThan(1);
    await eventually(() => page.locator('.joboutput h3').allTextContents()).toEqual(['Written to per_minute', 'Table']);
    await eventually(() => page.locator('.joboutput .changelog tbody tr').count()).toBeGreaterThan(10);
    await page.locator('.timechart').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => page.locator('.timepanel .pointed').textContent()).toMatch(
      /^p0 offset \d+ {2}sensor \S+ {2}\d\d:\d\d:\d\d, /,
    );
    const label = await page.locator('.timechart > svg:last-of-type').getAttribute('aria-label');
    const lastMinute = /watermark (\d\d:\d\d)/.exec(label ?? '')?.[1] ?? 'no watermark';
    await eventually(() => page.locator('.timechart > svg:last-of-type').textContent()).toContain(lastMinute);
    await page.locator('.timemoves').getByRole('button', { name: 'Earlier' }).click();
    await eventually(() => page.locator('.timechart > svg:last-of-type').textContent()).not.toContain(lastMinute);
    await page.locator('.timepanel').getByRole('button', { name: 'Table' }).click();
    await eventually(() => page.locator('.timetable').textContent()).toMatch(
      /\d\d:\d\d:00\d\d:\d\d:00\d+while reading earlier records/,
    );
  });

  test('nine operators are in view at every width, a chain of them opens on a press, and every name can be read', async () => {
    await using lesson = await run('flink-sql/tumble', `-- operators-9\n${solutionOf('flink-sql/tumble')}`);
    const { page } = lesson;
    for (const width of [1440, 1280, 1024, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await eventually(() => outside(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const closed = page.locator('.oper button', { hasText: 'chained' });
    await eventually(() => closed.textContent()).toBe('3 chained');
    await eventually(() => page.locator('.oper').count()).toBe(7);
    await closed.focus();
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.oper').count()).toBe(9);
    await eventually(() => outside(page)).toEqual([]);
    await page.locator('.oper button', { hasText: 'fold 3' }).click();
    await eventually(() => page.locator('.oper').count()).toBe(7);
  });

  test('names the partition that holds the watermark back', async () => {
    await using lesson = await run('flink-sql/tumble', `-- three-partitions\n${solutionOf('flink-sql/tumble')}`);
    await eventually(() => lesson.page.locator('.parts').textContent()).toMatch(/^p0 holds it backp0 \S+p1 \S+p2 \S+$/);
  });

  test('marks the partition that the source does not wait for', async () => {
    await using lesson = await run('flink-sql/tumble', `-- three-partitions idle\n${solutionOf('flink-sql/tumble')}`);
    await eventually(() => lesson.page.locator('.parts').textContent()).toMatch(/p2 none yet idle, not waited for$/);
  });

  test.each([
    ['HOP', "HOP(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '30' SECOND, INTERVAL '2' MINUTE)", /windows closed/],
    ['CUMULATE', "CUMULATE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE)", /windows closed/],
    ['SESSION', "SESSION(TABLE readings PARTITION BY sensor, DESCRIPTOR(measured_at), INTERVAL '9' SECOND)", /windows closed/],
  ])(
    'draws the floors of %s windows, names late records with their seconds, and lists all as a table',
    async (_, window, label) => {
      const text = solutionOf('flink-sql/tumble')
        .replace("'20' SECOND", "'0' SECOND")
        .replace(/TUMBLE\(.*\)\n/, `${window}\n`);
      await using lesson = await run('flink-sql/tumble', text);
      const { page } = lesson;
      await eventually(() => facts(page)).toMatch(/^170 events in, /);
      await eventually(() => page.locator('.timechart > svg:last-of-type').getAttribute('aria-label')).toMatch(label);
      await eventually(() => page.locator('.timechart .floor').count()).toBeGreaterThan(2);
      await page.locator('.timepanel').getByRole('button', { name: 'Table' }).click();
      await eventually(() => page.locator('.timetable table').count()).toBe(2);
      await eventually(() => page.locator('.timetable table').first().locator('tbody tr').count()).toBeGreaterThan(2);
    },
  );

  test('names late records with the time that they came after their window', async () => {
    await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble').replace("'20' SECOND", "'0' SECOND"));
    await eventually(() => lesson.page.locator('.lates').textContent()).toMatch(
      /^late and dropped: (\d+ more, )?\d\d:\d\d:\d\d by [\d.]+ (s|ms|records?)/,
    );
  });

  test('says in the plan what each operator does to rows', async () => {
    await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble'));
    await tab(lesson.page, 'Plan').click();
    await eventually(() => lesson.page.locator('.jobplan tbody tr').count()).toBe(4);
    await eventually(() => lesson.page.locator('.jobplan .says').last().textContent()).toMatch(/^Writes each change/);
    expect(await axeViolations(lesson.page)).toEqual([]);
  });

  test('below 1000 px of its own the changes are a tab beside the chart, and in a low pane the newest arrivals and the ruler stay', async () => {
    await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble'), { viewport: { width: 900, height: 800 } });
    const { page } = lesson;
    await eventually(() => page.locator('.timechart .rec').count()).toBeGreaterThan(5);
    expect(await page.locator('.joboutput').isVisible()).toBe(false);
    await page.locator('.jobtabs').getByRole('button', { name: 'Written to per_minute' }).click();
    await eventually(() => page.locator('.joboutput .changelog tbody tr').first().isVisible()).toBe(true);
    expect(await page.locator('.timepanel').isVisible()).toBe(false);
    await page.locator('.jobtabs').getByRole('button', { name: 'Event time' }).click();
    await page.addStyleTag({ content: '.flinklens { height: 420px !important; }' });
    const chart = page.locator('.timechart');
    await eventually(() => chart.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true);
    await eventually(() => chart.evaluate((one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 2)).toBe(true);
    await eventually(() =>
      chart.evaluate((one) =>
        Math.round(one.querySelector('.timeruler')!.getBoundingClientRect().top - one.getBoundingClientRect().top),
      ),
    ).toBe(0);
  });

  test('without event time, shows the lanes of the sink above changes and table, and switches to the log and back', async () => {
    await using lesson = await run('flink-sql/upsert', solutionOf('flink-sql/upsert'));
    const { page } = lesson;
    await eventually(() => page.locator('.sinklanes .rec').count()).toBeGreaterThan(2);
    expect(await page.locator('.timechart').count()).toBe(0);
    await eventually(() => page.locator('.joboutput .changelog .gone').count()).toBeGreaterThan(2);
    await tab(page, 'Log').click();
    await page.waitForSelector('.lens:not(.job) .lens-scroll');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Log');
    await tab(page, 'Job').click();
    await page.waitForSelector('.lens.job .oper');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Job');
  });

  test('shows that a job failed, and shows the job that the learner picks', async () => {
    await using lesson = await run('flink-sql/tumble', `-- fails two-jobs\n${solutionOf('flink-sql/tumble')}`);
    const { page } = lesson;
    await eventually(() => page.locator('.jobstate').textContent()).toBe('job failed');
    await eventually(() => facts(page)).toBe('main.sql line 14: Division by zero in Calc[4].');
    await page.locator('.lenstopics button').first().click();
    await eventually(() => page.locator('.jobstate').textContent()).toBe('job finished');
  });

  test('shows operators, records, watermark and windows again after a reload', async () => {
    await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble'));
    const { page } = lesson;
    await eventually(() => facts(page)).toMatch(/^170 events in, 1 row waits/);
    await page.reload();
    await eventually(() => facts(page)).toMatch(/^170 events in, 1 row waits in open windows/);
    await eventually(() => page.locator('.timechart .floor').count()).toBeGreaterThan(1);
  });

  test.each([1440, 390])('is accessible at %i px, without layout shifts or errors', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await using lesson = await run('flink-sql/tumble', solutionOf('flink-sql/tumble'), {
        viewport: { width, height: 900 },
        colorScheme,
      });
      const { page } = lesson;
      await eventually(() => facts(page)).toMatch(/^170 events in, 1 row waits/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (width === 1440) expect(await layoutShifts(page)).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
      expect(lesson.seen).toEqual({ errors: [], foreign: [] });
    }
  });
});

test('a TypeScript lesson loads none of it', async () => {
  const loaded: string[] = [];
  await using lesson = await open({
    lesson: 'log/append',
    before: ({ page }) => page.on('request', (request) => loaded.push(request.url())),
  });
  await monacoReady(lesson.page);
  expect(loaded.filter((url) => /Flink|Job|EventTime/.test(url))).toEqual([]);
  expect(loaded.some((url) => /\/Lens\./.test(url))).toBe(true);
});
