import { Standing } from './Standing';

describe('Standing', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    ['a single answer', [0], false],
    ['several within moments', [0, 500, 1500, 3500, 7500], false],
    ['two, far apart', [0, 60_000], false],
    ['several over the time', [0, 500, 1500, 3500, 15_000, 30_000], true],
  ])('takes %s for one that stands: %j is %s', (_, times, stands) => {
    const standing = new Standing<'no'>({ tries: 4, afterMs: 30_000 });
    const start = Date.now();
    const heard = times.map(ms => {
      jest.setSystemTime(start + ms);
      return standing.heard('no');
    });
    expect(heard.at(-1)).toBe(stands);
    expect(heard.slice(0, -1)).not.toContain(true);
  });

  it('begins anew when something else was heard', () => {
    const standing = new Standing<'no' | 'none'>({ tries: 2, afterMs: 0 });
    standing.heard('no');
    standing.over();
    expect(standing.heard('no')).toBe(false);
    expect(standing.heard('none')).toBe(false);
    expect(standing.heard('none')).toBe(true);
  });
});
