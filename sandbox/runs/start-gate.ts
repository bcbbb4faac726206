import { placeInWords } from '#sandbox/leases/place-in-words.ts';

/** Lets a few programs start at a time, in the order in which they came, so that a class that runs at the same moment starts one after another. */
export interface StartGate {
  /**
   * Resolves when a program may start. It counts as starting until it is disposed or `forMs` are over.
   * @param onWait told what is awaited, in words, each time it changes: `a free processor (3 wait before you)`
   * @throws the signal's reason
   */
  enter(signal: AbortSignal, onWait: (what: string) => void): Promise<Disposable>;
}

export function openStartGate({ atOnce, forMs }: { atOnce: number; forMs: number }): StartGate {
  const waiting: { enter: () => void; onWait: (what: string) => void }[] = [];
  let starting = 0;

  function advance(): void {
    while (starting < atOnce && waiting.length > 0) {
      starting++;
      waiting.shift()?.enter();
    }
    for (const [place, { onWait }] of waiting.entries()) onWait(placeInWords('a free processor', place));
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
    async enter(signal, onWait) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter = { enter: resolve, onWait };
      const leave = () => {
        if (waiting.includes(waiter)) waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal.reason);
        advance();
      };
      waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
      advance();
      await promise.finally(() => signal.removeEventListener('abort', leave));
      return started();
    },
  };
}
