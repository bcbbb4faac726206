/** The page tells what happened, also after Back, a reload or a broken connection. */
import { test } from 'vitest';
import { eventually, lessonPages, monacoReady, toEndOfText } from './exercise/lesson-page.ts';

const openLesson = lessonPages();

test('a run that goes on is there after Back, and Stop with it', async () => {
  await using lesson = await openLesson();
  const { page, stub } = lesson;
  await monacoReady(page);
  await toEndOfText(page);
  await page.keyboard.type('// hang');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=sent 40 records');
  await page.goto(`${stub.url}/glossary/`);
  await page.goBack();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await eventually(() => page.locator('.out').textContent()).toContain('sent 40 records');
});
