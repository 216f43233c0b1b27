import { untrack } from 'svelte';
import { Problem } from '../api/problem';
import { language } from '../language/language.svelte';
import { purpose } from '../permissions/purpose.svelte';
import { feed, type Change } from './feed.svelte';

/** Reads again at least this often, because silence itself is news: values grow stale without any event. */
const AT_LEAST_EVERY_MS = 30_000;

export interface Source<T> {
  /** What to show, as one text; null for nothing. The function is reactive: another key loads anew. */
  key: () => string | null;
  load: (signal: AbortSignal) => Promise<T>;
  /** Whether a changed subject concerns what is shown. */
  concerns: (subject: string) => boolean;
  /** Shortest time between two reads caused by changes, in milliseconds. */
  calmMs: number;
}

/** Something read from the server and kept fresh while a component shows it. */
export class Shown<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);

  private readonly source: Source<T>;
  private controller: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastReadAt = 0;
  private changedMeanwhile = false;

  constructor(source: Source<T>) {
    this.source = source;
    // What was read for one purpose is not shown for another.
    $effect(() => {
      const key = source.key();
      void purpose.id;
      untrack(() => this.start(key));
      return () => this.stop();
    });
    // The server writes some sentences in the page's language.
    let first = true;
    $effect(() => {
      void language.id;
      if (!first) {
        untrack(() => this.reload());
      }
      first = false;
    });
    $effect(() => feed.watch((change) => this.notice(change)));
    $effect(() => {
      const poll = setInterval(() => this.schedule(), AT_LEAST_EVERY_MS);
      const seen = (): void => {
        if (!document.hidden && this.changedMeanwhile) {
          this.schedule();
        }
      };
      document.addEventListener('visibilitychange', seen);
      return () => {
        clearInterval(poll);
        document.removeEventListener('visibilitychange', seen);
      };
    });
  }

  /** Reads again at once. */
  reload(): void {
    if (untrack(() => this.source.key()) !== null) {
      void this.read();
    }
  }

  private start(key: string | null): void {
    this.value = null;
    this.problem = null;
    if (key !== null) {
      void this.read();
    }
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.controller?.abort();
    this.controller = null;
  }

  private notice(change: Change): void {
    if (change === 'everything' && this.problem !== null) {
      this.reload();
    } else if (change === 'everything') {
      this.schedule();
    } else if ([...change].some(this.source.concerns)) {
      this.schedule();
    }
  }

  /** One read after the calm time, however many changes come meanwhile; none while nobody looks at the page. */
  private schedule(): void {
    if (this.timer !== undefined || untrack(() => this.source.key()) === null) {
      return;
    }
    if (document.hidden || this.controller !== null) {
      this.changedMeanwhile = true;
      return;
    }
    const wait = Math.max(0, this.lastReadAt + this.source.calmMs - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.read();
    }, wait);
  }

  private async read(): Promise<void> {
    this.stop();
    this.changedMeanwhile = false;
    const controller = new AbortController();
    this.controller = controller;
    this.loading = true;
    try {
      const value = await this.source.load(controller.signal);
      if (!controller.signal.aborted) {
        this.value = value;
        this.problem = null;
      }
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      this.fail(error);
    } finally {
      if (this.controller === controller) {
        this.controller = null;
        this.loading = false;
        this.lastReadAt = performance.now();
        if (this.changedMeanwhile) {
          this.schedule();
        }
      }
    }
  }

  private fail(error: unknown): void {
    if (!(error instanceof Problem)) {
      throw error;
    }
    this.problem = error;
    // What was shown before stays while the server cannot be reached; the banner says so. A definite "no" replaces it.
    if (!error.unreachable) {
      this.value = null;
    }
  }
}
