import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { RequestLimits } from './RequestLimits';

describe('RequestLimits', () => {
  const limit = { perMinute: 60, open: 2 };
  let now = 0;
  let limits: RequestLimits;
  const ask = (key = 'olivia') => limits.admit([{ key, limit }]);
  const askAndEnd = (key?: string) => {
    const admission = ask(key);
    if (admission.admitted) {
      admission.release();
    }
    return admission;
  };

  beforeEach(() => {
    now = 0;
    limits = new RequestLimits(() => now);
  });

  it('admits a minute’s requests at once, and then one as often as it is filled', () => {
    for (let count = 0; count < 60; count++) {
      expect(askAndEnd().admitted).toBe(true);
    }
    expect(askAndEnd()).toEqual({
      admitted: false,
      retryAfterSeconds: 1,
      limit: wording('limit.perMinute', { count: 60 }),
    });
    expect(askAndEnd('adam').admitted).toBe(true);
    now = 1000;
    expect(askAndEnd().admitted).toBe(true);
    expect(askAndEnd().admitted).toBe(false);
  });

  it('counts those that are open, each given back once', () => {
    const first = ask();
    ask();
    expect(ask()).toMatchObject({ limit: wording('limit.open', { count: 2 }) });
    if (first.admitted) {
      first.release();
      first.release();
    }
    expect(ask().admitted).toBe(true);
    expect(ask().admitted).toBe(false);
  });

  it('takes from none where one is exhausted', () => {
    const one = { perMinute: 1, open: 5 };
    const both = () =>
      limits.admit([
        { key: 'olivia', limit },
        { key: 'olivia chat', limit: one },
      ]);
    expect(both().admitted).toBe(true);
    expect(both()).toMatchObject({ retryAfterSeconds: 60 });
    expect(ask().admitted).toBe(true);
    expect(ask().admitted).toBe(false);
  });

  it('is not emptied, or filled, by a clock that goes back', () => {
    now = 100_000;
    askAndEnd();
    now = 0;
    expect(askAndEnd().admitted).toBe(true);
  });
});
