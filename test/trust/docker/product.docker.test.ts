/** One product for all that depends on its containers; learners are new to it in each group. */
import { describe } from 'vitest';
import { learnerCases } from '../../site/learner/cases.ts';
import { LESSONS } from '../../site/learner/lessons.ts';
import { breakCases } from '../cases/breaks.ts';
import { forgerySmoke } from '../cases/forgeries-smoke.ts';
import { markCases } from '../cases/marks.ts';
import { networkCases } from '../cases/network.ts';
import { outsideCases } from '../cases/outside.ts';
import { sandboxCases } from '../cases/sandbox.ts';
import { moreSandboxCases } from '../cases/sandbox-more.ts';
import { sqlEndingCases } from '../cases/sql-endings.ts';
import { sqlSmoke } from '../cases/sql-smoke.ts';
import { systemCallCases } from '../cases/system-calls.ts';
import { tenantCases } from '../cases/tenants.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';
import { sqlLearners } from '../sql-learners.ts';

const product = productFixture('docker', { site: 'built' });

describe('lessons on a page, learned in containers', () => learnerCases(product, LESSONS));

describe('a program in a sandbox that is a container', () => {
  const learners = withLearners(product);
  sandboxCases(learners);
  moreSandboxCases(learners);
  systemCallCases(learners);
  outsideCases(learners);
});

describe('what a program in a container reaches', () => {
  const learners = withLearners(product);
  tenantCases(learners);
  networkCases(learners);
  breakCases(learners);
});

describe('marks of programs in containers', () => {
  const learners = withLearners(product);
  forgerySmoke(learners);
  markCases(learners);
});

describe('SQL in containers', () => {
  const learners = withLearners(product);
  const sql = sqlLearners(learners);
  sqlSmoke(learners, sql);
  sqlEndingCases(sql);
});
