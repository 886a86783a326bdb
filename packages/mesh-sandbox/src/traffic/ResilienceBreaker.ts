export type BreakerPosition = 'closed' | 'open' | 'half_open';

const WINDOW = 10;
const LEAST_CALLS = 5;
const FAILURE_RATIO = 0.5;
const SLOW_MS = 60_000;
const SLOW_RATIO = 0.8;
const OPEN_MS = 30_000;
const TRIALS = 3;

/**
 * A Resilience4j circuit breaker inside an application, with the scenario's settings: window of 10 calls, at least 5,
 * open for 30 s at half failures, or at 80 % of calls above 60 s.
 */
export class ResilienceBreaker {
  private calls: { failure: boolean; slow: boolean }[] = [];
  private openedAt = 0;
  private trials = 0;
  private state: BreakerPosition = 'closed';

  position(now: number): BreakerPosition {
    if (this.state === 'open' && now - this.openedAt >= OPEN_MS) {
      this.state = 'half_open';
      this.calls = [];
      this.trials = 0;
    }
    return this.state;
  }

  /** Asks for a call to be let through. */
  permits(now: number): boolean {
    const position = this.position(now);
    if (position === 'half_open') {
      this.trials += 1;
      return this.trials <= TRIALS;
    }
    return position === 'closed';
  }

  record(failure: boolean, durationMs: number, now: number): void {
    if (this.position(now) === 'open') {
      return;
    }
    this.calls.push({ failure, slow: durationMs > SLOW_MS });
    const trying = this.state === 'half_open';
    const window = trying ? TRIALS : WINDOW;
    this.calls = this.calls.slice(-window);
    if (this.calls.length < (trying ? TRIALS : LEAST_CALLS)) {
      return;
    }
    const share = (kind: 'failure' | 'slow') =>
      this.calls.filter(call => call[kind]).length / this.calls.length;
    if (share('failure') >= FAILURE_RATIO || share('slow') >= SLOW_RATIO) {
      this.state = 'open';
      this.openedAt = now;
    } else if (trying) {
      this.state = 'closed';
      this.calls = [];
    }
  }
}
