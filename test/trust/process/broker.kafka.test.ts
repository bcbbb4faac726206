import { describe } from 'vitest';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { brokerCases } from '../cases/broker.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';

const product = productFixture('process');

describe.skipIf(!isolated)('bytes that a program sends to the shared broker (needs bubblewrap)', () =>
  brokerCases(withLearners(product)),
);
