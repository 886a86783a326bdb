import { isForgotten } from '../__testUtils__/isForgotten';
import { AnswerCache } from './AnswerCache';

const rows = (count: number) => ({ rows: Array(count).fill(0) });
const cache = (ttlMs = 60_000) =>
  new AnswerCache<{ rows: number[] }>(ttlMs, one => one.rows.length);

describe('AnswerCache', () => {
  it('tells how much it keeps', async () => {
    const answers = cache();
    await answers.get('a', async () => rows(10));
    await answers.get('b', async () => rows(5));
    expect(answers.kept).toEqual({ answers: 2, size: 17 });
  });

  it('keeps 2,000 answers at most', async () => {
    const answers = cache();
    for (let n = 0; n < 2500; n++) {
      await answers.get(`${n}`, async () => rows(0));
    }
    expect(answers.kept.answers).toBe(2000);
  });

  it('keeps half a million rows at most, of the newest answers', async () => {
    const answers = cache();
    for (const key of ['a', 'b', 'c']) {
      await answers.get(key, async () => rows(200_000));
    }
    expect(answers.kept).toEqual({ answers: 2, size: 400_002 });
    const again = jest.fn(async () => rows(1));
    await answers.get('c', again);
    expect(again).not.toHaveBeenCalled();
  });

  it('answers with what is too large to be kept', async () => {
    const answers = cache();
    const { rows: all } = await answers.get('a', async () => rows(500_001));
    expect(all).toHaveLength(500_001);
    expect(answers.kept.answers).toBe(0);
  });

  it('keeps no answer in memory for longer than it may serve, though nobody asks again', async () => {
    const answers = cache(20);
    const held = new WeakRef(await answers.get('a', async () => rows(10)));
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(await isForgotten(held)).toBe(true);
    expect(answers.kept.answers).toBe(0);
  });

  it('keeps nothing where that is so set', async () => {
    const answers = cache(0);
    await answers.get('a', async () => rows(1));
    expect(answers.kept).toEqual({ answers: 0, size: 0 });
  });
});
