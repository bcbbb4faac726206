/** One product for all that its programs, its marks and its port must not do; learners are new to it in each group. */
import { describe } from 'vitest';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { breakCases } from '../cases/breaks.ts';
import { forgeryCases } from '../cases/forgeries.ts';
import { markCases } from '../cases/marks.ts';
import { networkCases } from '../cases/network.ts';
import { outsideCases } from '../cases/outside.ts';
import { sandboxCases } from '../cases/sandbox.ts';
import { moreSandboxCases } from '../cases/sandbox-more.ts';
import { systemCallCases } from '../cases/system-calls.ts';
import { tenantCases } from '../cases/tenants.ts';
import { webCases } from '../cases/web.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';

const product = productFixture('process');

describe('what comes to the server by its port', () => webCases(withLearners(product)));

describe.skipIf(!isolated)('a program in a sandbox of the process provider (needs bubblewrap)', () => {
  const learners = withLearners(product);
  sandboxCases(learners);
  moreSandboxCases(learners);
  systemCallCases(learners);
  outsideCases(learners);
});

describe.skipIf(!isolated)('what a program of the process provider reaches (needs bubblewrap)', () => {
  const learners = withLearners(product);
  tenantCases(learners);
  networkCases(learners);
  breakCases(learners);
});

describe.skipIf(!isolated)('marks of the process provider (needs bubblewrap)', () => {
  const learners = withLearners(product);
  forgeryCases(learners);
  markCases(learners);
});
