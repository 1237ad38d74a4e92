/**
 * Keeps the last answers by key, up to a number of bytes, the least recently used going first.
 */
export class RecentAnswers<T> {
  private readonly entries = new Map<string, { value: T; bytes: number }>();
  private held = 0;

  constructor(
    private readonly mostBytes: number,
    private readonly sizeOf: (value: T) => number,
  ) {}

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry?.value;
  }

  put(key: string, value: T): void {
    const bytes = this.sizeOf(value);
    this.remove(key);
    if (bytes > this.mostBytes) {
      return;
    }
    this.entries.set(key, { value, bytes });
    this.held += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.held <= this.mostBytes) {
        break;
      }
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      this.entries.delete(key);
      this.held -= entry.bytes;
    }
  }

  get bytes(): number {
    return this.held;
  }
}

/**
 * Runs one job at a time and remembers only the last that was asked for meanwhile: while a window is
 * dragged, answers keep coming, and none that is out of date. A job that is overtaken by a *different*
 * subject is cancelled.
 */
export class Latest<Job> {
  private running: { job: Job; controller: AbortController } | null = null;
  private waiting: Job | null = null;
  private closed = false;

  constructor(
    private readonly work: (job: Job, signal: AbortSignal) => Promise<void>,
    private readonly overtakes: (next: Job, running: Job) => boolean,
  ) {}

  ask(job: Job): void {
    if (this.closed) {
      return;
    }
    if (this.running === null) {
      this.start(job);
      return;
    }
    this.waiting = job;
    if (this.overtakes(job, this.running.job)) {
      this.running.controller.abort();
    }
  }

  /** Nothing more is wanted. */
  close(): void {
    this.closed = true;
    this.waiting = null;
    this.running?.controller.abort();
  }

  private start(job: Job): void {
    const controller = new AbortController();
    this.running = { job, controller };
    void this.work(job, controller.signal).finally(() => {
      this.running = null;
      const next = this.waiting;
      this.waiting = null;
      if (next !== null) {
        this.start(next);
      }
    });
  }
}
