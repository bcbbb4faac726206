/** What is measured on the whole machine: nothing may run beside it. */
import { describe } from 'vitest';
import { dedicatedCases } from '../../sandbox/dedicated/cases.ts';
import { brokerFloodCases } from '../cases/broker.ts';
import { floodCases } from '../cases/floods.ts';
import { limitCases } from '../cases/limits.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';

const product = productFixture('docker');

describe('a program in a container takes no more than its limits', () => limitCases(withLearners(product)));
describe('a program in a container slows down no other learner', () => floodCases(withLearners(product)));
describe('what a program in a container sends to the broker slows down no other learner', () =>
  brokerFloodCases(withLearners(product)));

// Last, for brokers that end late would change what the cases before measure. kafkajs gives up on a broker that died after so many
// tries, not after a time.
describe("a learner's own brokers in containers", () => dedicatedCases(withLearners(product)));
