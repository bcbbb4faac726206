import { describe } from 'vitest';
import { floodCases } from '../cases/floods.ts';
import { networkCases } from '../cases/network.ts';
import { tenantCases } from '../cases/tenants.ts';
import { productFixture } from '../product.ts';

describe('what a program in a container reaches, and whom it slows down', () => {
  const product = productFixture('docker', { lessons: 'probe' });
  tenantCases(product);
  networkCases(product);
  floodCases(product);
});
