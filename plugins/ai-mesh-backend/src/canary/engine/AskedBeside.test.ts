import { AskedBeside } from './AskedBeside';

const ASKED = 'look 7';
const PATIENCE_MS = 500;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
});

afterEach(() => {
  jest.useRealTimers();
});

/** What is asked, and answered when the test says so. */
function aQuestion() {
  const asked: AbortSignal[] = [];
  let resolve!: (answer: string) => void;
  const answer = new Promise<string>(answered => {
    resolve = answered;
  });
  const ask = (unwanted: AbortSignal) => {
    asked.push(unwanted);
    return answer;
  };
  return { asked, ask, resolve: (value: string) => resolve(value) };
}

/** Waits no longer than for an answer that may come at once. */
async function begin(
  beside: AskedBeside,
  ask: ReturnType<typeof aQuestion>['ask'],
  about = ASKED,
) {
  const begun = beside.begin('canary', about, ask);
  await jest.advanceTimersByTimeAsync(PATIENCE_MS);
  await begun;
}

const take = (beside: AskedBeside, about = ASKED, longestMs = 60_000) =>
  beside.take<string>('canary', about, longestMs);

describe('AskedBeside', () => {
  it('has an answer that comes at once for the same look, and gives it once', async () => {
    const beside = new AskedBeside();
    await beside.begin('canary', ASKED, async () => 'pass');
    expect(take(beside)).toEqual({ value: 'pass' });
    expect(take(beside)).toBeUndefined();
  });

  it('waits half a second for one, and has it for a later look', async () => {
    const beside = new AskedBeside();
    const { ask, resolve } = aQuestion();
    await begin(beside, ask);
    expect(take(beside)).toBeUndefined();
    resolve('pass');
    await jest.advanceTimersByTimeAsync(0);
    expect(take(beside)).toEqual({ value: 'pass' });
  });

  it('asks once, however many looks go by', async () => {
    const beside = new AskedBeside();
    const { ask, asked } = aQuestion();
    await begin(beside, ask);
    await begin(beside, ask);
    expect(asked).toHaveLength(1);
  });

  it('throws what the asking has thrown, once', async () => {
    const beside = new AskedBeside();
    await beside.begin('canary', ASKED, async () => {
      throw new Error('no verdict');
    });
    expect(() => take(beside)).toThrow('no verdict');
    expect(take(beside)).toBeUndefined();
  });

  it('takes no answer for one about something else, and keeps it for whom it is', async () => {
    const beside = new AskedBeside();
    await beside.begin('canary', ASKED, async () => 'pass');
    expect(take(beside, 'look 8')).toBeUndefined();
    expect(take(beside)).toEqual({ value: 'pass' });
  });

  it('takes none to a question that was asked too long ago, and asks anew', async () => {
    const beside = new AskedBeside();
    const { ask, asked, resolve } = aQuestion();
    await begin(beside, ask);
    await jest.advanceTimersByTimeAsync(60_000);
    resolve('pass');
    await jest.advanceTimersByTimeAsync(0);
    expect(take(beside)).toBeUndefined();
    await begin(beside, ask);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, (beside: AskedBeside) => Promise<void> | boolean]>([
    ['nobody wants it any more', beside => beside.drop('canary')],
    [
      'something else is asked of the same',
      beside => begin(beside, async () => 'breach', 'look 8'),
    ],
  ])(
    'tells whoever answers when %s, and takes no answer of theirs',
    async (_, end) => {
      const beside = new AskedBeside();
      const { ask, asked, resolve } = aQuestion();
      await begin(beside, ask);
      expect(asked[0].aborted).toBe(false);
      await end(beside);
      expect(asked[0].aborted).toBe(true);
      resolve('pass');
      await jest.advanceTimersByTimeAsync(0);
      expect(take(beside)).toBeUndefined();
    },
  );

  it('says whether there was anything to drop', async () => {
    const beside = new AskedBeside();
    expect(beside.drop('canary')).toBe(false);
    await beside.begin('canary', ASKED, async () => 'pass');
    expect(beside.drop('canary')).toBe(true);
    expect(beside.drop('canary')).toBe(false);
  });

  it('forgets answers that nobody took in a quarter of an hour, and no question that is open', async () => {
    const beside = new AskedBeside();
    const open = aQuestion();
    await beside.begin('answered', ASKED, async () => 'pass');
    const begun = beside.begin('open', ASKED, open.ask);
    await jest.advanceTimersByTimeAsync(15 * 60_000 + 1);
    await begun;
    await beside.begin('another', ASKED, async () => 'pass');
    expect(beside.drop('answered')).toBe(false);
    expect(beside.drop('open')).toBe(true);
    expect(open.asked[0].aborted).toBe(true);
  });
});
