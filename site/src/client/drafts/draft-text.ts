/**
 * The text of a draft as this tab has it, with what the server was last known to hold and what it may hold by now. Every change is kept
 * in this browser immediately.
 */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { type LocalDraft, type LocalDrafts, sameFiles } from './local-draft.ts';

export interface DraftTextOptions {
  starter: Files;
  local: Pick<LocalDrafts, 'read' | 'write'>;
  /** ms since 1970 */
  now: () => number;
}

/** Unacknowledged texts that are remembered. */
const MAX_SENT = 8;

export class DraftText {
  readonly #starter: Files;
  readonly #local: DraftTextOptions['local'];
  readonly #now: () => number;
  #draft: LocalDraft;
  #isKept = true;

  constructor({ starter, local, now }: DraftTextOptions) {
    this.#starter = starter;
    this.#local = local;
    this.#now = now;
    const found = local.read();
    this.#draft = found
      ? { ...found, files: this.known(found.files) }
      : { files: starter, base: 0, dirty: false, at: 0, sent: [] };
  }

  get current(): LocalDraft {
    return this.#draft;
  }

  get files(): Files {
    return this.#draft.files;
  }

  /** Whether it has text that the server has not acknowledged. */
  get isDirty(): boolean {
    return this.#draft.dirty;
  }

  /** Whether this browser stored the last change. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Returns the exercise's files out of `some`, with the starter's text for each that is missing. */
  known(some: Files): Files {
    return Object.fromEntries(Object.entries(this.#starter).map(([name, text]) => [name, some[name] ?? text]));
  }

  /** Takes a text that the learner has typed or chosen, with what is known of the server by now. */
  change(files: Files, known: Pick<Partial<LocalDraft>, 'base' | 'sent'> = {}): void {
    this.#keep({ files, ...known, dirty: true, at: this.#typedAt() });
  }

  /** Takes a text of the server's, which the learner has not changed. */
  adopt(files: Files): void {
    this.#keep({ files });
  }

  /** Notes that the text is on its way to the server, and returns it. */
  send(): { files: Files; base: number } {
    const { files, base } = this.#draft;
    this.#keep({ sent: this.#withSent(files) });
    return { files, base };
  }

  /** Notes that the server has stored `sent` as `version`. */
  acknowledge(version: number, sent: Files): void {
    this.#keep({ base: version, dirty: !sameFiles(sent, this.files), sent: [] });
  }

  /** Bases the text on another version of the server's, over which it is to be saved. */
  rebase(version: number, change: Pick<Partial<LocalDraft>, 'sent'> = {}): void {
    this.#keep({ base: version, dirty: true, ...change });
  }

  /**
   * Takes over what another tab has written, unless the text here is newer.
   *
   * @returns `older`: only what it noted of the server was taken; `same`: its text is the one here; `replaced`: its text is here now
   */
  follow(other: LocalDraft): 'older' | 'same' | 'replaced' {
    if (other.at < this.#draft.at) {
      // The other tab notes that an earlier text was saved; the text here is newer.
      this.#draft = { ...this.#draft, ...this.whatServerMayHold(other) };
      return 'older';
    }
    const files = this.known(other.files);
    const isReplaced = !sameFiles(files, this.files);
    // This tab continues from here, so the server having this text is not a conflict either.
    this.#draft = { ...other, files, ...this.whatServerMayHold(other, [files]) };
    return isReplaced ? 'replaced' : 'same';
  }

  /** Whether another tab's text is newer than the one here, and different. */
  isBehind(other: LocalDraft): boolean {
    return other.at >= this.#draft.at && !sameFiles(this.known(other.files), this.files);
  }

  /** Combines what both tabs know of the server: neither may have read yet what the other has saved. */
  whatServerMayHold(other: LocalDraft, more: readonly Files[] = []): Pick<LocalDraft, 'base' | 'sent'> {
    return {
      base: Math.max(this.#draft.base, other.base),
      sent: this.#withSent(...other.sent.map((files) => this.known(files)), ...more),
    };
  }

  /** The time at which this was typed. Never that of an earlier text: tabs tell by it which of two is newer. */
  #typedAt(): number {
    return Math.max(this.#now(), this.#draft.at + 1);
  }

  #keep(change: Partial<LocalDraft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#isKept = this.#local.write(this.#draft);
  }

  #withSent(...more: readonly Files[]): readonly Files[] {
    const all = [...this.#draft.sent, ...more];
    return all.filter((one, index) => !all.slice(index + 1).some((later) => sameFiles(one, later))).slice(-MAX_SENT);
  }
}
