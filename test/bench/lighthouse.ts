import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { browserPath } from '../site/browser.ts';
import { startSiteServer } from '../site/site-server.ts';

/** It brings 114 packages, 176 MB: `npx` fetches it for those who measure. */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const PAGES = { home: '/', lesson: '/lessons/log/keys/', glossary: '/glossary/' };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const MAX_REPORT_BYTES = 64 * 2 ** 20;

const audit = z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() });
const reportSchema = z.object({
  categories: z.record(
    z.string(),
    z.object({ score: z.number(), auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.record(z.string(), audit.extend({ numericValue: z.number().optional() })),
});

/**
 * Scores of Lighthouse, of 100, as on a phone with a slow line, for pages whose editor has not loaded; below 100, what cost points. Layout
 * shift is a score of its own.
 */
export async function benchLighthouse() {
  await using server = await startSiteServer();
  const scores: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(PAGES)) scores[name] = await scoresOf(server.url + path);
  return scores;
}

async function scoresOf(url: string) {
  const { categories, audits } = await run(url);
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
  const cost = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${audits[id]?.title} ${audits[id]?.displayValue ?? ''}`.trim());
  return { ...Object.fromEntries(scores), layoutShift: audits['cumulative-layout-shift']?.numericValue ?? null, cost };
}

async function run(url: string) {
  const args = ['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', '--chrome-flags=--headless=new --no-sandbox --disable-gpu'];
  const { stdout } = await promisify(execFile)('npx', [...args, `--only-categories=${CATEGORIES.join(',')}`], {
    env: { ...process.env, CHROME_PATH: browserPath() },
    maxBuffer: MAX_REPORT_BYTES,
  });
  return reportSchema.parse(JSON.parse(stdout));
}
