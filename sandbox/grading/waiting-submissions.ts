import { PacedTelling } from '#sandbox/leases/paced-telling.ts';
import { type Turn, TurnLine } from '#sandbox/leases/turn-line.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { StoredSubmission } from '#sandbox/store/submission-rows.ts';

export interface WaitingSubmissionsOptions {
  publish: (learnerId: string, event: ServerEvent) => void;
  /** Whether a page of the learner is open that hears what is published. */
  isListening: (learnerId: string) => boolean;
}

interface Entry {
  submission: StoredSubmission;
  /** The position that its learner knows. */
  told: number;
}

/**
 * Submissions that wait to be graded, by turns of their learners. Each learner is told the position of a submission when it comes, and
 * again when it has changed, but only every two seconds, and only while a page hears it: telling all at each step would be quadratic.
 */
export class WaitingSubmissions implements Disposable {
  readonly #options: WaitingSubmissionsOptions;
  readonly #line = new TurnLine<Entry>();
  readonly #turns = new Map<string, Turn<Entry>>();
  readonly #telling = new PacedTelling(() => this.#tellEveryone());

  constructor(options: WaitingSubmissionsOptions) {
    this.#options = options;
  }

  add(submission: StoredSubmission): void {
    const entry = { submission, told: 0 };
    const turn = this.#line.add(submission.learnerId, entry);
    this.#turns.set(submission.id, turn);
    this.#tell(entry, this.#line.position(turn));
  }

  /**
   * Takes what is next.
   * @param prefers which learners may have a turn while others wait
   */
  take(prefers: (learnerId: unknown) => boolean): StoredSubmission | undefined {
    const submission = this.#line.take(prefers)?.submission;
    if (submission) this.#turns.delete(submission.id);
    if (this.#line.length > 0) this.#telling.soon();
    return submission;
  }

  /** Position from 1; null for a submission that does not wait. */
  position(submissionId: string): number | null {
    const turn = this.#turns.get(submissionId);
    return turn ? this.#line.position(turn) : null;
  }

  [Symbol.dispose](): void {
    this.#telling[Symbol.dispose]();
  }

  #tellEveryone(): void {
    let position = 0;
    for (const entry of this.#line.inOrder()) {
      position += 1;
      if (entry.told !== position && this.#options.isListening(entry.submission.learnerId)) this.#tell(entry, position);
    }
  }

  #tell(entry: Entry, position: number): void {
    const { id, learnerId } = entry.submission;
    entry.told = position;
    this.#options.publish(learnerId, { type: 'submission.queued', submissionId: id, position });
  }
}
