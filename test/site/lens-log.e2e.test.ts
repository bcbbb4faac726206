import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { eventually, lessonPages, monacoReady, toEndOfText } from './exercise/lesson-page.ts';

const openLesson = lessonPages();

async function run(page: Page, words: string): Promise<void> {
  await monacoReady(page);
  await toEndOfText(page);
  await page.keyboard.type(`// ${words}`);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=exit 0 after', { timeout: 60_000 });
}

/** What `read` gives once it gives the same twice: lanes are drawn a moment after they moved. */
async function settled<T>(read: () => Promise<T>): Promise<T> {
  let last = await read();
  await eventually(async () => {
    const before = JSON.stringify(last);
    last = await read();
    return JSON.stringify(last) === before;
  }).toBe(true);
  return last;
}

/** Of each lane from the top, the left edges of its records in view, relative to the right edge of the view. */
function lanesInView(page: Page): Promise<number[][]> {
  return page.evaluate(() => {
    const view = document.querySelector('.lens-scroll')!.getBoundingClientRect();
    const lanes = new Map<number, number[]>();
    for (const square of document.querySelectorAll('.lanes .rec, .lanes .rec-o')) {
      const { left, right, top } = square.getBoundingClientRect();
      if (right <= view.left || left >= view.right) continue;
      const lane = Math.round(top / 4);
      lanes.set(lane, [...(lanes.get(lane) ?? []), Math.round(right - view.right)]);
    }
    return [...lanes].sort(([one], [other]) => one - other).map(([, places]) => places.sort((a, b) => a - b));
  });
}

describe('lanes', () => {
  test('end side by side, each with its own last records and offsets', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'records: 400');
    // Partition 0 has twice the records of partition 2, partition 1 has none.
    await eventually(async () => (await lanesInView(page)).map((places) => places.length > 20)).toEqual([true, true]);
    const [long = [], short = []] = await settled(() => lanesInView(page));
    expect(long.at(-1)).toBe(short.at(-1));
  });

  test('line up from offset 0 by the button and by the key 0', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'records: 60');
    const lefts = () =>
      page.evaluate(() =>
        ['0/0', '2/0'].map((place) => document.querySelector(`[data-record="${place}"]`)?.getBoundingClientRect().left),
      );
    const isAligned = async () => new Set(await lefts()).size === 1;
    await eventually(isAligned).toBe(false);
    await page.getByRole('button', { name: 'from offset 0' }).click();
    await eventually(isAligned).toBe(true);
    await page.locator('.lens-scroll').focus();
    await page.keyboard.press('0');
    await eventually(isAligned).toBe(false);
  });

  test('stay where the learner has scrolled to while records land', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page, stub } = lesson;
    await run(page, 'records: 400');
    await page.evaluate(() => document.querySelector('.lens-scroll')!.scrollBy(-1_200, 0));
    await page.getByRole('button', { name: 'To the end' }).waitFor();
    const before = await settled(() => lanesInView(page));
    const { runId } = stub.state.lens;
    const records = Array.from({ length: 30 }, (_, index) => ({
      ...{ partition: index % 2 === 0 ? 0 : 2, offset: String((index % 2 === 0 ? 267 : 133) + Math.floor(index / 2)) },
      ...{ timestampMs: 1_790_000_009_000, key: '17', value: '{}', headers: [] },
    }));
    stub.state.send({ type: 'lens.records', runId: runId!, topic: 'driver-events', records });
    await eventually(() => page.locator('.state > div:not(.axis) > .num').first().textContent()).toBe('282');
    expect(await settled(() => lanesInView(page))).toEqual(before);
    await page.getByRole('button', { name: 'To the end' }).click();
    await page.waitForSelector('[data-record="0/281"]');
  });
});

describe('a record', () => {
  test('without a key carries the field that the lesson names, in a dashed frame and in its colour', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'keyless, records: 40');
    const labels = page.locator('.lanes [data-record] text');
    await eventually(() => labels.count()).toBe(40);
    expect(new Set(await labels.allTextContents())).toEqual(new Set(['17', '8', '42', '23', '31', '12', '5', '64']));
    expect(await page.locator('.lanes .keyless').count()).toBe(40);
    expect(await page.locator('.lanes .k0').count()).toBe(0);
    await eventually(() => page.locator('.laneslegend').textContent()).toContain('Path of driver');
  });

  test('with neither carries its number in the order of arrival, never a dash', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'oops, records: 40');
    const labels = async () => (await page.locator('.lanes [data-record] text').allTextContents()).map(Number);
    await eventually(async () => (await labels()).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  test('is opened as it is stored, with every header; Escape closes it and gives the keyboard back', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'keyless, records: 40');
    await page.locator('[data-record="2/3"]').click();
    const detail = page.locator('.detail');
    await eventually(() => detail.locator('pre').allTextContents()).toEqual([
      expect.stringMatching(/^\{ "driver": "\d+", {2}"cents": 1\.50e2 \}$/),
      'web',
      'again',
    ]);
    const words = await detail.textContent();
    for (const part of ['driver-events', 'Partition 2, offset 3', 'no key', '1790000000', ' ms', '2 headers'])
      expect(words).toContain(part);
    expect(words).toMatch(/record \d+, by timestamps/);
    await detail.focus();
    await page.keyboard.press('Escape');
    await eventually(() => detail.count()).toBe(0);
    await eventually(() => page.evaluate(() => document.activeElement?.className)).toBe('lens-scroll');
    await eventually(() => page.locator('[data-record="2/3"] .at-mark').count()).toBe(1);
    await page.keyboard.press('Enter');
    await eventually(() => detail.count()).toBe(1);
  });

  test('is joined with those of its key, which are filled while all others are outlined', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'records: 40');
    await page.locator('.chip', { hasText: /^17$/ }).click();
    await page.waitForSelector('.keyline');
    const isFilledRight = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.lanes [data-record]')].every(
          (square) => (square.querySelector('text')?.textContent === '17') === (square.querySelector('.rec') !== null),
        ),
      );
    await eventually(isFilledRight).toBe(true);
    const isBehind = () =>
      page.evaluate(() => {
        const line = document.querySelector('.keyline')!;
        return [...document.querySelectorAll('.lanes [data-record]')].every(
          (square) => line.compareDocumentPosition(square) & Node.DOCUMENT_POSITION_FOLLOWING,
        );
      });
    expect(await isBehind()).toBe(true);
    await page.locator('.lens-scroll').focus();
    const at = page.locator('[data-record]:has(.at-mark)');
    const label = async () => ((await at.count()) === 0 ? null : at.locator('text').textContent());
    // On a record of the chosen key, F would let go of it.
    await eventually(async () => {
      const here = await label();
      if (here === null || here === '17') await page.keyboard.press('ArrowRight');
      return here;
    }).not.toSatisfy((here) => here === null || here === '17');
    const key = await label();
    await page.keyboard.press('f');
    await eventually(() => page.locator('.lanes .rec + text').allTextContents()).toEqual(expect.arrayContaining([key]));
    await eventually(async () => [...new Set(await page.locator('.lanes .rec + text').allTextContents())]).toEqual([key]);
  });
});

describe('beside the lanes', () => {
  test('only the end stands where no group reads', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'no-group, records: 40');
    await eventually(() => page.locator('.state .num').allTextContents()).toEqual(['end', '27', '0', '13']);
    expect(await page.locator('.members, .lag, .committed').count()).toBe(0);
  });

  test('a lane that nobody reads says for how long, and members have a row each', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'rebalance, records: 40');
    await eventually(() => page.locator('.nobody').allTextContents()).toEqual(['nobodyfor 0.0 s']);
    await eventually(() => page.locator('.memberrow .tn').allTextContents()).toEqual(['', 'worker-1', 'worker-2']);
    expect(await page.locator('.members .gone').count()).toBe(1);
  });
});

describe('the scrubber', () => {
  test('shows lanes and numbers as they were, by record where no group reads', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page, stub } = lesson;
    await run(page, 'no-group, records: 40');
    const total = async () => (await page.locator('.lanes [data-record]').count()) + 0;
    const slider = page.getByRole('slider', { name: 'Moment shown' });
    await eventually(total).toBe(40);
    await slider.focus();
    expect(await slider.getAttribute('aria-valuetext')).toBe('now');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await eventually(total).toBe(29);
    expect(await page.locator('.knob').textContent()).toBe('−11');
    expect(await slider.getAttribute('aria-valuetext')).toBe('after 29 records, 11 records back');
    const ends = await page.locator('.state .num').allTextContents();
    expect(ends.slice(1).reduce((sum, end) => sum + Number(end), 0)).toBe(29);
    const { runId } = stub.state.lens;
    const late = { partition: 0, offset: '27', timestampMs: 1_790_000_009_000, key: '17', value: '{}', headers: [] };
    stub.state.send({ type: 'lens.records', runId: runId!, topic: 'driver-events', records: [late] });
    await eventually(() => page.locator('.knob').textContent()).toBe('−12');
    expect(await total()).toBe(29);
    expect(await page.locator('.lenslog .live, .lenslog .pen-l, .lenslog .moving').count()).toBe(0);
    await page.getByRole('button', { name: 'To the event before' }).click();
    await eventually(total).toBe(28);
    await slider.focus();
    await page.keyboard.press('End');
    await eventually(total).toBe(41);
  });

  test('goes by time where a group reads, and from what happened to what happened', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page } = lesson;
    await run(page, 'rebalance, records: 40');
    const slider = page.getByRole('slider', { name: 'Moment shown' });
    const owners = () => page.locator('.state .owner').allTextContents();
    await eventually(() => page.locator('.nobody').count()).toBe(1);
    await page.getByRole('button', { name: 'To the event before' }).click();
    await eventually(owners).toEqual(['owner in dispatch', 'worker-2', 'worker-2', 'worker-2']);
    await page.getByRole('button', { name: 'To the event before' }).click();
    await eventually(owners).toEqual(['owner in dispatch', 'nobodyfor 0.0 s', 'worker-2', 'worker-2']);
    await slider.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(owners).toEqual(['owner in dispatch', 'nobodyfor 1.0 s', 'worker-2', 'worker-2']);
    await page.keyboard.press('ArrowRight');
    await eventually(owners).toEqual(['owner in dispatch', 'nobodyfor 1.1 s', 'worker-2', 'worker-2']);
    await page.keyboard.press('Home');
    await eventually(owners).toEqual(['owner in dispatch', 'worker-1', 'worker-1', 'worker-2']);
  });
});

describe('Break it', () => {
  test('is offered while a program runs, is told as it happens, and stands on the time line afterwards, also for who comes back', async () => {
    await using lesson = await openLesson({ lesson: 'log/keys' });
    const { page, seen } = lesson;
    const button = (name: string) => page.getByRole('group', { name: 'Break it' }).getByRole('button', { name });
    const isOffered = () => button('Kill my program').getAttribute('aria-disabled');
    const place = async () => (await page.locator('.lenslog, .lensempty').first().boundingBox())?.y;
    await monacoReady(page);
    expect(await isOffered()).toBe('true');
    const before = await place();
    await toEndOfText(page);
    await page.keyboard.type('// no-group, hang, records: 40');
    await page.keyboard.press('Control+Enter');
    await eventually(isOffered).toBe('false');
    expect(await place()).toBe(before);
    await eventually(() => page.locator('.lanes [data-record]').count()).toBe(40);

    await button('Pause the broker').click();
    await eventually(() => page.getByRole('status').allTextContents()).toContainEqual(
      expect.stringMatching(/^Broker paused for 8 s at \d\d:\d\d:\d\d\.$/),
    );
    await eventually(() => button('Pause the broker').getAttribute('aria-disabled')).toBe('true');
    await button('Kill my program').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=ended by SIGKILL');
    await eventually(isOffered).toBe('true');
    expect(await button('Kill my program').evaluate((element) => element === document.activeElement)).toBe(true);

    const marks = () => page.locator('.scrub .broke').evaluateAll((all) => all.map((one) => (one as HTMLElement).title));
    await eventually(marks).toEqual(['broker paused for 8 s']);
    const slider = page.getByRole('slider', { name: 'Moment shown' });
    await eventually(async () => {
      await page.getByRole('button', { name: 'To the event before' }).click();
      return slider.getAttribute('aria-valuetext');
    }).toMatch(/broker paused for 8 s: killed$/);

    await page.reload();
    await monacoReady(page);
    await eventually(marks).toEqual(['broker paused for 8 s']);
    expect(seen.errors).toEqual([]);
  });
});
