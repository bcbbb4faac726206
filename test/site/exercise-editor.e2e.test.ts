import { describe, expect, test } from 'vitest';
import { eventually, keptText, lessonPages, monacoReady, shownLines, toEndOfText, toPane } from './exercise/lesson-page.ts';
import { axeViolations, layoutShifts } from './page-watch.ts';

declare global {
  interface Window {
    firstLook?: string;
  }
}

const openLesson = lessonPages();

describe('the field, before any bundle has loaded', () => {
  test('accepts input, colours it, and keeps it over a reload', async () => {
    await using lesson = await openLesson({ before: ({ page }) => page.route('**/_astro/*.js', (route) => route.abort()) });
    const { page } = lesson;
    await page.locator('.field-text').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type("const first = 'kept';");
    const lastLine = page.locator('.field-ink .l').last();
    await eventually(() => lastLine.innerHTML()).toContain(
      '<span class="w">const</span> first = <span class="t">\'kept\'</span>',
    );
    await eventually(() => keptText(page)).toMatch(/const first = 'kept';$/);
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('[data-live]');
    await eventually(() => page.locator('.field-text').inputValue()).toMatch(/const first = 'kept';$/);
    await eventually(() => lastLine.textContent()).toContain("const first = 'kept';");
  });

  test('Tab indents, and Ctrl+M lets it leave', async () => {
    await using lesson = await openLesson({ before: ({ page }) => page.route('**/_astro/*.js', (route) => route.abort()) });
    const { page } = lesson;
    await page.locator('.field-text').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('a');
    await page.keyboard.press('Tab');
    await page.keyboard.type('b');
    expect(await page.locator('.field-text').inputValue()).toMatch(/a {2}b$/);
    await page.keyboard.press('Control+m');
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Run/);
  });

  test('a Check before the page is ready is carried out once it is', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await using lesson = await openLesson({
      before: ({ page }) =>
        page.route('**/_astro/*.js', async (route) => {
          await held;
          await route.continue();
        }),
    });
    await lesson.page.locator('.field-text').click();
    await lesson.page.keyboard.press('Control+Shift+Enter');
    release();
    await eventually(() => lesson.stub.state.submissions.length).toBe(1);
  });
});

describe('the hand-over to Monaco', () => {
  test('neither loses nor reorders any input in the meantime, and keeps caret and focus', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await page.locator('.field-text').click();
    await page.keyboard.press('Control+End');
    const started = Date.now();
    let typed = '';
    while (!(await page.locator('[data-shows="monaco"]').count()) || typed.length < 200) {
      if (Date.now() - started > 30_000) throw new Error('Monaco did not come');
      const word = `word${String(typed.length).padStart(5, '0')} `;
      await page.keyboard.type(word);
      typed += word;
    }
    await eventually(() => keptText(page)).toMatch(new RegExp(`\\n${typed}$`));
    // The line is wrapped.
    const shown = async () => (await shownLines(page)).join('').replaceAll(' ', '');
    await eventually(shown).toContain(typed.slice(-40).replaceAll(' ', ''));
    await page.keyboard.type('END');
    await eventually(() => keptText(page)).toMatch(/ END$/);
  });

  test('keeps selection and scroll, and moves no letter', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await using lesson = await openLesson({
      before: async ({ page }) => {
        await page.addInitScript(() => {
          const text = Array.from({ length: 80 }, (_, line) => `const value${line} = 'text ${line}'; // note ${line}`).join('\n');
          const draft = { files: { 'main.ts': text }, base: 0, dirty: true, at: 1 };
          localStorage.setItem('streamwright:draft:log/append', JSON.stringify(draft));
          // How the first line looks in the moment in which Monaco shows itself.
          new MutationObserver(() => {
            const line = document.querySelector('[data-shows="monaco"] .view-line');
            if (line) Object.assign(window, { firstLook: window.firstLook ?? line.innerHTML });
          }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-shows'] });
        });
        await page.route('**/_astro/open-monaco*.js', async (route) => {
          await held;
          await route.continue();
        });
      },
    });
    const { page } = lesson;
    await page.waitForLoadState('load');
    await page.evaluate(() => document.fonts.ready);
    await page.locator('.field-text').focus();
    const before = await page.evaluate(() => {
      const area = document.querySelector<HTMLTextAreaElement>('.field-text')!;
      area.setSelectionRange(area.value.indexOf('value40'), area.value.indexOf('value41'), 'backward');
      document.querySelector('.field')!.scrollTop = 700;
      const line = document.querySelectorAll('.field-ink .l')[40]!;
      const word = line.querySelector('.t')!.getBoundingClientRect();
      return { x: word.x, y: word.y, width: word.width };
    });
    release();
    await monacoReady(page);
    await eventually(async () => (await shownLines(page)).join('\n')).toContain('value40');
    const after = await page.evaluate(() => {
      const line = [...document.querySelectorAll('.monaco .view-line')].find((element) =>
        element.textContent?.includes('value40'),
      )!;
      const word = [...line.querySelectorAll('span span')].find((element) => element.textContent?.startsWith("'"))!;
      const { x, y, width } = word.getBoundingClientRect();
      return { x, y, width };
    });
    expect(await page.evaluate(() => window.firstLook)).toContain('mtkb');
    expect(Math.abs(after.x - before.x)).toBeLessThan(0.6);
    expect(Math.abs(after.width - before.width)).toBeLessThan(0.6);
    // Text is 20 px high in both; a box of the field's is as high as the letters, one of Monaco's as the line.
    expect(Math.abs(after.y - before.y)).toBeLessThan(4);
    expect(await layoutShifts(page)).toEqual([]);
    await page.keyboard.type('X');
    await eventually(() => keptText(page)).toContain('const X' + "value41 = 'text 41'");
    expect(lesson.seen).toEqual({ errors: [], foreign: [] });
  });
});

describe('Monaco', () => {
  test('has its style sheet, in light and in dark, and follows the switch', async () => {
    await using lesson = await openLesson({ colorScheme: 'light' });
    const { page } = lesson;
    await monacoReady(page);
    const style = (selector: string, name: 'position' | 'backgroundColor') =>
      page.evaluate(([of, property]) => getComputedStyle(document.querySelector(of)!)[property], [selector, name] as const);
    await page.waitForSelector('.monaco .view-line');
    expect(await style('.monaco .view-line', 'position')).toBe('absolute');
    const well = () => style('.editor', 'backgroundColor');
    await eventually(async () => (await style('.monaco-editor', 'backgroundColor')) === (await well())).toBe(true);
    const light = await well();
    await page.getByRole('button', { name: 'Dark' }).click();
    await eventually(() => style('.monaco-editor', 'backgroundColor')).not.toBe(light);
    await eventually(async () => (await style('.monaco-editor', 'backgroundColor')) === (await well())).toBe(true);
  });

  test('completes kafkajs, marks a wrong type, and knows cluster.ts and orders.ts', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await page.waitForSelector('.monaco .squiggly-error', { state: 'detached' });
    await toEndOfText(page);
    await page.keyboard.type("const wrong: number = 'text';\nkafka.producer().", { delay: 5 });
    await page.waitForSelector('.monaco .squiggly-error', { timeout: 60_000 });
    await page.keyboard.press('Control+Space');
    await eventually(() => page.locator('.suggest-widget .monaco-list-row').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^disconnect/)]),
    );
    // Imports of the read-only files are known: the first two lines are without error.
    await page.keyboard.press('Escape');
    const wrongLines = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.monaco .squiggly-error')].map((mark) => mark.getBoundingClientRect().top),
    );
    const secondLine = await page.evaluate(
      () => document.querySelectorAll('.monaco .view-line')[1]!.getBoundingClientRect().bottom,
    );
    expect(wrongLines.every((top) => top > secondLine)).toBe(true);
    expect(lesson.seen.errors).toEqual([]);
  }, 120_000);

  test('Ctrl+M lets Tab leave, and the page shows it', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await toEndOfText(page);
    await eventually(() => page.locator('#tab-note').textContent()).toBe('Ctrl+M lets Tab leave');
    await page.keyboard.press('Control+m');
    await eventually(() => page.locator('#tab-note').textContent()).toBe('Ctrl+M lets Tab indent');
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Run/);
  });

  test('shows the read-only files and rejects edits to them', async () => {
    await using lesson = await openLesson();
    const { page } = lesson;
    await monacoReady(page);
    await page.getByRole('button', { name: 'cluster.ts' }).click();
    await eventually(() => shownLines(page).then((lines) => lines[0])).toContain('Your connection to Kafka');
    await page.locator('.monaco .view-lines').click();
    await page.keyboard.type('zzz');
    expect((await shownLines(page)).join('\n')).not.toContain('zzz');
    await page.getByRole('button', { name: 'main.ts' }).click();
    await eventually(() => shownLines(page).then((lines) => lines[0])).toContain('import');
  });

  test('does not load on a touch-only device: the field stays, with files and commands', async () => {
    await using lesson = await openLesson({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    const { page, stub } = lesson;
    await page.waitForSelector('[data-taken]');
    await toPane(page, 'Code');
    await page.locator('.field-text').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// on a phone');
    await page.getByRole('button', { name: 'cluster.ts' }).tap();
    await eventually(() => page.locator('.field-text').inputValue()).toContain('Your connection');
    await page.getByRole('button', { name: 'Run' }).tap();
    await page.waitForSelector('text=exit 0 after');
    expect(stub.state.runs.size).toBe(1);
    await eventually(() => keptText(page)).toMatch(/\/\/ on a phone$/);
    expect(await page.locator('.monaco-editor').count()).toBe(0);
  });
});

test('on a narrow page Monaco is loaded when the learner comes near the editor, and not before', async () => {
  await using lesson = await openLesson({ viewport: { width: 390, height: 844 } });
  const loaded: string[] = [];
  lesson.page.on('request', (request) => loaded.push(request.url()));
  await lesson.page.reload({ waitUntil: 'networkidle' });
  const isMonaco = (url: string) => /monaco|editor\.api|worker/i.test(url);
  expect(loaded.filter(isMonaco)).toEqual([]);
  await monacoReady(lesson.page);
  expect(loaded.filter(isMonaco)).not.toEqual([]);
});

describe.each([1440, 390])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('with Monaco in %s nothing shifts and axe finds no violations', async (colorScheme) => {
    await using lesson = await openLesson({ viewport: { width, height: 844 }, colorScheme });
    await monacoReady(lesson.page);
    expect(await layoutShifts(lesson.page)).toEqual([]);
    expect(await axeViolations(lesson.page)).toEqual([]);
    expect(lesson.seen).toEqual({ errors: [], foreign: [] });
  });
});
