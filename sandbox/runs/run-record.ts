import type { BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { OutputCause } from '#sandbox/protocol/report.ts';
import type { Run, RunPhases, RunResult } from '#sandbox/protocol/run.ts';
import { saysTheSame, type Waiting } from '#sandbox/protocol/waiting.ts';
import { OutputCollector } from './output-collector.ts';
import { SqlRecord } from './sql-record.ts';

/** One run from its start to its end: its state, and the events that tell of each change. */
export class RunRecord {
  readonly id: string;
  readonly learnerId: string;
  readonly output: OutputCollector;
  /** Null of a program's run. */
  readonly sql: SqlRecord | null;
  readonly phases: RunPhases = {};
  readonly lesson: string;
  readonly #files: Files;
  readonly #seed: number;
  readonly #publish: (event: ServerEvent) => void;
  readonly #cancelled = new AbortController();
  readonly #started = Promise.withResolvers<void>();
  #status: Run['status'] = 'preparing';
  #awaiting: Waiting | null = null;
  #cause: OutputCause | null = null;
  #result: RunResult | null = null;
  #error: string | null = null;
  #startedAt: number | null = null;
  readonly #breaks: RunBreak[] = [];
  /** Does something to what runs; null while nothing does. Set by what runs it. */
  breakIt: ((request: BreakRequest) => Promise<RunBreak>) | null = null;
  /** Settles when the run has ended; set by what executes it. */
  ended: Promise<void> = Promise.resolve();

  constructor(options: {
    id: string;
    learnerId: string;
    lesson: string;
    files: Files;
    /** Its language has statements, whose results are shown. */
    hasStatements: boolean;
    seed: number;
    maxOutputBytes: number;
    publish: (event: ServerEvent) => void;
  }) {
    this.id = options.id;
    this.learnerId = options.learnerId;
    this.lesson = options.lesson;
    this.#files = options.files;
    this.#seed = options.seed;
    this.#publish = options.publish;
    this.output = new OutputCollector({
      maxBytes: options.maxOutputBytes,
      onChunks: (chunks) => this.#publish({ type: 'run.output', runId: this.id, chunks }),
    });
    this.sql = options.hasStatements ? new SqlRecord(options.id, options.publish) : null;
  }

  /** Aborts when the run is cancelled. */
  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Settles when its program starts, if it ever does. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** Milliseconds since it was started; 0 before. */
  get elapsedMs(): number {
    return this.#startedAt === null ? 0 : Math.round(performance.now() - this.#startedAt);
  }

  get isOver(): boolean {
    return this.#status === 'finished' || this.#status === 'error';
  }

  /** What the learner did to it. */
  get breaks(): readonly RunBreak[] {
    return this.#breaks;
  }

  cancel(): void {
    this.#cancelled.abort(new Error('the run was cancelled'));
  }

  awaits(what: Waiting): void {
    if (saysTheSame(what, this.#awaiting)) return;
    this.#awaiting = what;
    this.#publish({ type: 'run.preparing', runId: this.id, awaiting: what });
  }

  starts(): void {
    this.#status = 'running';
    this.#startedAt = performance.now();
    this.#awaiting = null;
    this.#publish({ type: 'run.started', runId: this.id });
    this.#started.resolve();
  }

  /** Remembers what was done to it, and tells of it. */
  wasBroken(done: RunBreak): void {
    this.#breaks.push(done);
    this.#publish({ type: 'run.broken', runId: this.id, done });
  }

  /** Says why the program failed; before it finishes. */
  explains(cause: OutputCause | null): void {
    this.#cause = cause;
  }

  finishes(result: RunResult): void {
    this.#end('finished', result, null);
  }

  /** Ends the run by a Streamwright error, as text. */
  fails(error: string): void {
    this.#end('error', null, error);
  }

  /** Measures one phase in milliseconds. */
  async measure<T>(phase: keyof RunPhases, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.phases[phase] = Math.round(performance.now() - start);
    }
  }

  toWire(): Run {
    return {
      runId: this.id,
      lesson: this.lesson,
      files: this.#files,
      status: this.#status,
      awaiting: this.#awaiting,
      seed: this.#seed,
      result: this.#result,
      output: this.output.chunks(),
      cause: this.#cause,
      phases: this.phases,
      sql: this.sql?.toWire() ?? null,
      breaks: [...this.#breaks],
      ...(this.#startedAt === null ? {} : { elapsedMs: this.elapsedMs }),
      error: this.#error,
    };
  }

  #end(status: 'finished' | 'error', result: RunResult | null, error: string | null): void {
    this.output.flush();
    this.sql?.flush();
    this.#status = status;
    this.#awaiting = null;
    this.#result = result;
    this.#error = error;
    this.#publish({ type: 'run.finished', runId: this.id, result, error });
  }
}
