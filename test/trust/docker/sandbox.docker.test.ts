import { describe } from 'vitest';
import { sandboxCases } from '../cases/sandbox.ts';
import { moreSandboxCases } from '../cases/sandbox-more.ts';
import { productFixture } from '../product.ts';

describe('a program in a sandbox that is a container', () => {
  const product = productFixture('docker', { lessons: 'probe' });
  sandboxCases(product);
  moreSandboxCases(product);
});
