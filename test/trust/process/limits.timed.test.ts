/** What is measured on the whole machine: nothing may run beside it. */
import { describe } from 'vitest';
import { dedicatedCases } from '../../sandbox/dedicated/cases.ts';
import { isolated } from '../../sandbox/providers/process/workspace-fixture.ts';
import { brokerFloodCases } from '../cases/broker.ts';
import { floodCases } from '../cases/floods.ts';
import { limitCases } from '../cases/limits.ts';
import { webLoadCases } from '../cases/web-load.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';

const product = productFixture('process');

describe('the server answers while its port is misused', () => webLoadCases(withLearners(product)));

describe.skipIf(!isolated)('a program of the process provider (needs bubblewrap)', () => {
  describe('takes no more than its limits', () => limitCases(withLearners(product)));
  describe('slows down no other learner', () => floodCases(withLearners(product)));
  describe('what it sends to the broker slows down no other learner', () => brokerFloodCases(withLearners(product)));
});

// Last, for brokers that end late would change what the cases before measure. kafkajs gives up on a broker that died after so many
// tries, not after a time.
describe("a learner's own brokers as processes", () => dedicatedCases(withLearners(product)));
