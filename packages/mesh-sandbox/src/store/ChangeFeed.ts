import { StoreChange } from './StoreChange';

/**
 * Delivers changes to listeners, in order. A listener's own writes are delivered after the change that it is
 * hearing of, to every listener alike.
 */
export class ChangeFeed {
  private readonly onChange = new Set<(change: StoreChange) => void>();
  private readonly onSettled = new Set<() => void>();
  private undelivered: StoreChange[] = [];
  private delivering = false;

  on(event: 'change', listener: (change: StoreChange) => void): () => void;
  on(event: 'settled', listener: () => void): () => void;
  on(event: 'change' | 'settled', listener: (change: StoreChange) => void) {
    const listeners = event === 'change' ? this.onChange : this.onSettled;
    listeners.add(listener as () => void);
    return () => listeners.delete(listener as () => void);
  }

  deliver(change: StoreChange): void {
    this.undelivered.push(change);
    if (this.delivering) {
      return;
    }
    this.delivering = true;
    try {
      while (this.undelivered.length > 0) {
        this.deliverWaiting();
        for (const listener of [...this.onSettled]) {
          listener();
        }
      }
    } finally {
      this.delivering = false;
    }
  }

  private deliverWaiting(): void {
    while (this.undelivered.length > 0) {
      const waiting = this.undelivered;
      this.undelivered = [];
      for (const change of waiting) {
        for (const listener of [...this.onChange]) {
          listener(change);
        }
      }
    }
  }
}
