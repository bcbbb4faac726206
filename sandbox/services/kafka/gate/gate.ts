/**
 * Stands between learners' programs and the shared broker, which trusts its clients: it allocates whatever size a request announces, and
 * inflates whatever records are compressed.
 */
import { join } from 'node:path';
import type { Gate } from '#sandbox/providers/provider.ts';
import { passConnection } from './connection.ts';
import { Learner } from './learner.ts';

export const kafkaGate: Gate = {
  program: join(import.meta.dirname, 'main.ts'),
  open({ onRefusal }) {
    const learner = new Learner();
    return {
      pass: (client, reach) => void passConnection({ client, reach, learner, onRefusal }),
      hold(forMs) {
        learner.hold.begin(forMs);
        return true;
      },
    };
  },
};
