import { WaitingLine } from '#sandbox/leases/waiting-line.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';

/** Lets a few programs start at a time, by turns of their learners, so that a class that runs at the same moment starts one after another. */
export interface StartGate {
  /**
   * Resolves when a program may start. It counts as starting until it is disposed or `forMs` are over.
   * @param learnerId whose program it is
   * @param onWait called with what the caller waits for, when it changes
   * @throws the signal's reason
   */
  enter(learnerId: string, signal: AbortSignal, onWait: (what: Waiting) => void): Promise<Disposable>;
}

export function openStartGate({ atOnce, forMs }: { atOnce: number; forMs: number }): StartGate {
  const line = new WaitingLine<void>(advance);
  let starting = 0;

  function advance(): void {
    while (starting < atOnce && line.length > 0) {
      starting++;
      line.serve();
    }
    line.tellAll((position) => waitingFor('processor', { position }));
  }

  function started(): Disposable {
    let counts = true;
    const end = () => {
      if (!counts) return;
      counts = false;
      clearTimeout(timer);
      starting--;
      advance();
    };
    const timer = setTimeout(end, forMs).unref();
    return { [Symbol.dispose]: end };
  }

  return {
    async enter(learnerId, signal, onWait) {
      const entering = line.join({ owner: learnerId, signal, onWait });
      advance();
      await entering;
      return started();
    },
  };
}
