import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { editorMenu, eventually, keptText, lessonPages, monacoReady, toEndOfText, toPane } from './exercise/lesson-page.ts';
import { axeViolations, layoutShifts } from './page-watch.ts';

const openLesson = lessonPages();

async function add(page: Page, text: string): Promise<void> {
  await toEndOfText(page);
  await page.keyboard.type(text);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const output = (page: Page) => page.locator('#output').textContent();
const report = (page: Page) => page.locator('#report').textContent();

describe('Run', () => {
  test('shows what the program printed, how it ended, and the records at their offsets', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    await button(page, /^Run/).click();
    await page.waitForSelector('text=exit 0 after 837 ms');
    await eventually(() => output(page)).toMatch(
      /seed 1729[\s\S]*\d\.\d{3}connected[\s\S]*sent 40 records[\s\S]*exit 0 after 837 ms/,
    );
    await eventually(() => page.locator('.lanes .rec, .lanes .rec-o').count()).toBeGreaterThan(20);
    await eventually(() => page.locator('.state').textContent()).toContain('dispatch-1');
    await page.locator('.lens-scroll').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => page.locator('.pointed').textContent()).toMatch(/^p0 offset 0 {2}key \S+ .*source: web/);
    await button(page, 'Table').click();
    await eventually(() => page.locator('.lenstable .records tbody tr').count()).toBe(40);
    await eventually(() => page.getByRole('status').allTextContents()).toEqual(
      expect.arrayContaining(['Run ended: exit 0 after 837 ms.']),
    );
  });

  test('shows what it waits for, and for how long, until Stop', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// wait-for-it');
    await page.keyboard.press('Control+Enter');
    await eventually(() => output(page)).toMatch(/waiting for a free sandbox for \d+ s/);
    await button(page, 'Stop').click();
    await page.waitForSelector('text=stopped after 0 ms');
  });

  test('shows the place in the queue when no sandbox is free', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// wait-for-it, full-house');
    await page.keyboard.press('Control+Enter');
    await eventually(() => output(page)).toMatch(/waiting for a free sandbox \(3 wait before you\) for \d+ s/);
  });

  test('ends on Stop and keeps its output', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// hang');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=sent 40 records');
    await eventually(() => output(page)).toMatch(/running for \d+ s, at most \d+ s/);
    await button(page, 'Stop').click();
    await page.waitForSelector('text=stopped after');
    expect(await output(page)).toContain('sent 40 records');
  });

  test('is followed by polling when there is no event stream', async () => {
    await using lesson = await openLesson({ before: ({ stub }) => Object.assign(stub, { streams: false }) });
    const { page } = lesson;
    await monacoReady(page);
    await button(page, /^Run/).click();
    await page.waitForSelector('text=exit 0 after 837 ms');
    await eventually(() => page.locator('.lanes .rec, .lanes .rec-o').count()).toBeGreaterThan(5);
  });

  test('of ten thousand records draws the visible ones and reads the rest on scrolling', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// records: 10000');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=exit 0 after', { timeout: 60_000 });
    const drawn = page.locator('.lanes .rec, .lanes .rec-o');
    await eventually(() => drawn.count()).toBeGreaterThan(20);
    expect(await drawn.count()).toBeLessThan(400);
    await page.evaluate(() => document.querySelector('.lens-scroll')!.scrollTo(2_500 * 24, 0));
    // The first of the longest lane stands at the left edge.
    await eventually(() => page.locator('[data-record="0/2510"]').count()).toBe(1);
    await eventually(() => drawn.count()).toBeGreaterThan(20);
  });
});

describe('Check', () => {
  test('opens the first failure with question, evidence, diagnosis and lens, and opens the next hint', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await monacoReady(page);
    await button(page, 'Show hint 1 of 3').click();
    await page.waitForSelector('text=Hint 2 opens after your next check.');
    await eventually(() => button(page, 'Show hint 2 of 3').isDisabled()).toBe(true);
    await button(page, /^Check/)
      .first()
      .click();
    await page.waitForSelector('text=What chooses the partition?');
    await eventually(() => report(page)).toMatch(
      /4 of 6 passed[\s\S]*seed 4104[\s\S]*Observed[\s\S]*Expected[\s\S]*Question[\s\S]*Skipped: it needs the check above/,
    );
    expect(await page.locator('.diagnosis').getAttribute('href')).toBe('/diagnoses/missing-key/');
    await button(page, '3 more records').click();
    await eventually(() => page.locator('.evidence tbody tr').count()).toBe(7);
    await button(page, 'Show in lens').click();
    await eventually(() => page.locator('.evidence-mark').count()).toBe(7);
    await eventually(() => page.locator('.lensnote').textContent()).toContain('its own data and topics');
    await button(page, 'Show hint 2 of 3').click();
    await eventually(() => page.locator('.hints li').count()).toBe(2);
    await eventually(() => page.locator('.what').textContent()).toBe('Run shows. Check judges.');
    await button(page, /^Earlier checks/).click();
    await eventually(() => page.locator('.earlier li').count()).toBe(1);
    await page.locator('.earlier button').first().click();
    await page.waitForSelector('text=What chooses the partition?');
  });

  test('by its keyboard shortcut passes, shows it, and links to the next lesson', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// solution');
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('text=All 6 checks held in 2 rounds');
    expect(
      await page
        .getByRole('link', { name: /^A2 Same key/ })
        .last()
        .getAttribute('href'),
    ).toBe('/lessons/log/keys/');
    await eventually(() => page.getByRole('status').allTextContents()).toEqual(expect.arrayContaining(['6 of 6 checks passed.']));
  });

  test('whose round waits for a sandbox shows that in place of the round, also after a reload', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// stay-waiting');
    await page.keyboard.press('Control+Shift+Enter');
    await eventually(() => report(page)).toMatch(/Waiting for a free sandbox \(2 wait before you\)for \d+ s/);
    expect(await page.locator('#report .mk.run').count()).toBe(0);
    await page.reload();
    await eventually(() => report(page)).toMatch(/Waiting for a free sandbox \(2 wait before you\)for \d+ s/);
  });

  test('shows results as they come, again after a reload, and reports a Streamwright error', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// stay-grading');
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('text=Judging round 1 of 2');
    await eventually(() => page.locator('#report .mk.run').count()).toBe(1);
    await page.reload();
    await page.waitForSelector('text=Judging');
    lesson.stub.state.submissions.length = 0;
    await page.reload();
    await monacoReady(page);
    await add(page, ' our-fault');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('// our-fault');
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('text=No attempt was used');
  });
});

describe('the work', () => {
  test('is saved within a second and restored after a reload, in another browser, and after an outage', async () => {
    await using lesson = await openLesson();
    const { page, stub } = lesson;
    await monacoReady(page);
    await add(page, '// mine');
    await eventually(() => page.locator('#saved-at').textContent()).toMatch(/^saved \d\d:\d\d:\d\d$/);
    await page.reload();
    await monacoReady(page);
    expect(await keptText(page)).toMatch(/\/\/ mine$/);
    const other = await lesson.again('elsewhere');
    await monacoReady(other);
    await eventually(() => other.locator('.monaco .view-lines').textContent()).toContain('// mine'.replace(' ', '\u00a0'));

    stub.down = true;
    await add(page, ' and more');
    await eventually(() => page.locator('#saved-at').textContent()).toBe('kept in this browser');
    stub.down = false;
    await eventually(() => stub.state.drafts.get('log/append')?.files['main.ts']).toMatch(/ and more$/);
  });

  test('in two tabs is one text', async () => {
    await using lesson = await openLesson();
    const second = await lesson.again('tab');
    await Promise.all([monacoReady(lesson.page), monacoReady(second)]);
    await add(lesson.page, '// left');
    await eventually(() => second.locator('.monaco .view-lines').textContent()).toContain('// left'.replace(' ', '\u00a0'));
    await add(second, ' and right');
    await eventually(() => lesson.stub.state.drafts.get('log/append')?.files['main.ts']).toMatch(/\/\/ left and right$/);
    expect(await lesson.page.locator('.notice.needs').count()).toBe(0);
  });

  test('changed in another browser is shown in both versions, and nothing is lost', async () => {
    await using lesson = await openLesson();
    const { page, stub } = lesson;
    await monacoReady(page);
    await add(page, '// mine');
    await eventually(() => page.locator('#saved-at').textContent()).toMatch(/^saved/);
    stub.state.drafts.set('log/append', { files: { 'main.ts': '// theirs' }, version: 7, savedAt: new Date().toISOString() });
    await add(page, ' again');
    await page.waitForSelector('text=also changed in another browser');
    await button(page, 'Show the other').click();
    await eventually(() => page.locator('.other').textContent()).toBe('// theirs');
    await button(page, 'Keep this text').click();
    await eventually(() => stub.state.drafts.get('log/append')?.files['main.ts']).toMatch(/\/\/ mine again$/);
    await button(page, 'Restore it').click();
    await eventually(() => keptText(page)).toBe('// theirs');
  });

  test('is replaced by Reset after a question, and restored by Undo', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await add(page, '// an evening of work');
    await editorMenu(page);
    await button(page, 'Reset').click();
    await button(page, 'Keep').click();
    await eventually(() => keptText(page)).toMatch(/evening of work$/);
    await editorMenu(page);
    await button(page, 'Reset').click();
    await button(page, 'Restore the starter').click();
    await eventually(() => keptText(page)).not.toContain('evening');
    await button(page, 'Undo').click();
    await eventually(() => keptText(page)).toMatch(/evening of work$/);
  });
});

test('the first touch of the page prepares the sandbox, once', async () => {
  await using lesson = await openLesson();
  await lesson.page.waitForSelector('[data-taken]');
  await lesson.page.mouse.click(700, 200);
  await eventually(() => lesson.stub.state.sandboxes).toBe(1);
  await lesson.page.mouse.click(700, 220);
  await button(lesson.page, /^Run/).click();
  await lesson.page.waitForSelector('text=exit 0');
  expect(lesson.stub.state.sandboxes).toBe(1);
});

describe.each([1440, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)(
    'in %s a failed report with its evidence is accessible, without layout shifts or errors',
    async (colorScheme) => {
      await using lesson = await openLesson({ lesson: 'log/keys', viewport: { width, height: 844 }, colorScheme });
      const { page } = lesson;
      await monacoReady(page);
      await button(page, /^Run/).click();
      await page.waitForSelector('text=exit 0');
      await toPane(page, 'Code');
      await button(page, /^Check/)
        .first()
        .click();
      await page.waitForSelector('text=What chooses the partition?');
      expect(await axeViolations(page)).toEqual([]);
      await button(page, 'Show in lens').click();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (width === 1440) expect(await layoutShifts(page)).toEqual([]);
      expect(lesson.seen).toEqual({ errors: [], foreign: [] });
    },
  );
});
