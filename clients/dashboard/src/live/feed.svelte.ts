import { api } from '../api/client';
import type { Bilingual } from '../api/types';

/** Subjects that changed, or 'everything' when changes had to be dropped or the line was down. */
export type Change = ReadonlySet<string> | 'everything';

/** Why the server ended the line: what it carried is not permitted any more. */
export interface End {
  reason: string;
  stream: string | null;
  purpose: string | null;
  detail: Bilingual;
}

/** Wait before the line is opened again after the server closed it: doubled each time, so that a restart is not stormed. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** The city's stream of changes: it says what changed, and whoever shows it reads again. */
class Feed {
  /** 'idle' before the first city; 'lost' while changes cannot arrive; 'ended' when they may not. */
  state = $state<'idle' | 'connecting' | 'open' | 'lost' | 'ended'>('idle');
  /** Why the line was ended; null while it was not, and after it was opened again. */
  end = $state.raw<End | null>(null);

  private source: EventSource | null = null;
  private city: string | null = null;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<(change: Change) => void>();

  /** Follows the city; null stops. */
  follow(city: string | null): void {
    if (this.city === city) {
      return;
    }
    this.close();
    this.city = city;
    this.end = null;
    this.retryMs = FIRST_RETRY_MS;
    if (city !== null) {
      this.open(city, false);
    } else {
      this.state = 'idle';
    }
  }

  /** Calls back with every change until the returned function is called. */
  watch(watcher: (change: Change) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Reads everything again and opens the line at once when it is down. */
  retry(): void {
    this.tell('everything');
    if (this.city !== null && (this.state === 'lost' || this.state === 'ended')) {
      this.close();
      this.end = null;
      this.open(this.city, true);
    }
  }

  private open(city: string, again: boolean): void {
    this.state = again ? 'lost' : 'connecting';
    const source = new EventSource(api.liveAddress(city));
    this.source = source;
    let missed = again;
    source.onopen = () => {
      this.state = 'open';
      this.retryMs = FIRST_RETRY_MS;
      if (missed) {
        missed = false;
        this.tell('everything');
      }
    };
    source.onerror = () => {
      this.state = 'lost';
      missed = true;
      // The browser tries again by itself unless the server refused; then we do.
      if (source.readyState === EventSource.CLOSED) {
        this.timer = setTimeout(() => this.open(city, true), this.retryMs);
        this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
      }
    };
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      const { subjects } = JSON.parse(event.data) as { subjects: string[] };
      this.tell(new Set(subjects));
    });
    source.addEventListener('resync', () => this.tell('everything'));
    // The browser would connect again by itself and be ended again: whoever reads the reason decides.
    source.addEventListener('ended', (event: MessageEvent<string>) => {
      this.close();
      this.end = JSON.parse(event.data) as End;
      this.state = 'ended';
      this.tell('everything');
    });
  }

  private close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private tell(change: Change): void {
    for (const watcher of this.watchers) {
      watcher(change);
    }
  }
}

export const feed = new Feed();
