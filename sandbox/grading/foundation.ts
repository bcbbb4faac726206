import { PlatformError } from '#sandbox/errors.ts';

/** What all gradings stand on: the broker that they share, and what opens their sandboxes. */
export interface Foundation {
  /** Which life of the broker this is: another value after it has ended, null while it is not up. */
  brokerLife(): unknown;
  /** Whether no sandbox can be opened at the moment. */
  isAway(): Promise<boolean>;
  /**
   * Waits until sandboxes can be opened and the broker is up.
   * @throws PlatformError when the broker does not come back; the signal's reason
   */
  restored(signal: AbortSignal): Promise<void>;
}

/** Nobody watches it: a broker that ended is noticed by the faults that it causes. */
export const UNWATCHED: Foundation = {
  brokerLife: () => 'unwatched',
  isAway: async () => false,
  restored: async () => undefined,
};

/** Two faults of `retries.ts`: what they shake is not one round alone. */
export type Disturbance = 'sandboxes-away' | 'broker-ended';

/** The foundation during one try. */
export interface FoundationWatch {
  /** Whether the broker has ended since the try began, also when it is back. */
  brokerEnded(): boolean;
  disturbance(): Promise<Disturbance | null>;
}

export function watchFoundation(foundation: Foundation): FoundationWatch {
  const before = foundation.brokerLife();
  const brokerEnded = () => {
    const life = foundation.brokerLife();
    return life === null || life !== before;
  };
  return {
    brokerEnded,
    async disturbance() {
      if (await foundation.isAway()) return 'sandboxes-away';
      return brokerEnded() ? 'broker-ended' : null;
    },
  };
}

/** What a report says when the broker has ended in the last try too. */
export function brokerEndedEachTime(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: 'Kafka ended each time while your program was judged.',
      hint: 'Hand in again; `npm run doctor` tells what is missing.',
    },
    { cause },
  );
}
