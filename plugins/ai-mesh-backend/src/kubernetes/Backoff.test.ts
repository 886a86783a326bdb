import { Backoff } from './Backoff';

describe('Backoff', () => {
  it('doubles to its most, with jitter, and begins anew', () => {
    const backoff = new Backoff({ baseMs: 100, mostMs: 500 });
    for (const most of [100, 200, 400, 500, 500]) {
      const delay = backoff.next();
      expect(delay).toBeGreaterThanOrEqual(most / 2);
      expect(delay).toBeLessThanOrEqual(most);
    }
    backoff.reset();
    expect(backoff.next()).toBeLessThanOrEqual(100);
  });

  it('stays finite however often it fails', () => {
    const backoff = new Backoff({ baseMs: 100, mostMs: 500 });
    for (let i = 0; i < 5000; i++) {
      backoff.next();
    }
    expect(backoff.next()).toBeLessThanOrEqual(500);
  });
});
