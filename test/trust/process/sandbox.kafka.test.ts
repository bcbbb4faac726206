import { describe } from 'vitest';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { sandboxCases } from '../cases/sandbox.ts';
import { moreSandboxCases } from '../cases/sandbox-more.ts';
import { productFixture } from '../product.ts';

describe.skipIf(!isolated)('a program in a sandbox of the process provider (needs bubblewrap)', () => {
  const product = productFixture('process', { lessons: 'probe' });
  sandboxCases(product);
  moreSandboxCases(product);
});
