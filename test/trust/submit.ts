/** Hands in a program as a learner does, and reads its verdict. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import { type Submission, submissionSchema } from '#sandbox/protocol/submission.ts';
import { until } from '../sandbox/test-server.ts';
import type { Product } from './learners.ts';

/** The lesson that is submitted to. */
export const LESSON = 'log/append';
/** Two rounds of 15 s each, and what the graders before it take. */
export const LIMIT_MS = 240_000;

const FOLDER = join(PROJECT_DIR, 'lessons/01-log/01-append');

/** Text of a file of the lesson. */
export const file = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** Submits a program as Ada and returns the id. */
export async function submit(product: Product, text: string, headers: Record<string, string> = {}): Promise<string> {
  const body = { lesson: LESSON, files: { 'main.ts': text } };
  const { status, body: answer } = await product.api('ada')('POST', '/api/submissions', { body, headers });
  expect(status).toBe(202);
  return String(answer.submissionId);
}

/** Waits for the verdict. */
export async function finished(product: Product, id: string): Promise<Submission & { report: Report }> {
  const read = async () => submissionSchema.parse((await product.api('ada')('GET', `/api/submissions/${id}`)).body);
  const { report, ...submission } = await until(read, ({ status }) => status === 'finished', LIMIT_MS);
  if (!report) throw new Error('a finished submission without a report');
  return { ...submission, report };
}

/** Report of a program, submitted as Ada. */
export async function graded(product: Product, text: string): Promise<Report> {
  return (await finished(product, await submit(product, text))).report;
}

/** Of each program: what it does, its text, and what the report's output must show, so that it did what it meant to. */
export type Failure = [what: string, text: () => string, shown: RegExp];

/** Fails unless the program fails as the learner's does. */
export async function expectFailure(product: Product, text: string, shown: RegExp): Promise<void> {
  const report = await graded(product, text);
  expect(report).toMatchObject({ status: 'fail', score: 0 });
  expect(report.output.text).toMatch(shown);
}
