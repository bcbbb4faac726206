import { describe } from 'vitest';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { floodCases } from '../cases/floods.ts';
import { networkCases } from '../cases/network.ts';
import { tenantCases } from '../cases/tenants.ts';
import { productFixture } from '../product.ts';

describe.skipIf(!isolated)('what a program of the process provider reaches, and whom it slows down (needs bubblewrap)', () => {
  const product = productFixture('process', { lessons: 'probe' });
  tenantCases(product);
  networkCases(product);
  floodCases(product);
});
