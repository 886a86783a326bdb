import type {
  CanaryGate,
  CanaryGateAnswer,
  CanaryGateInput,
} from '@ai-mesh/plugin-ai-mesh-node';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { CodeGate } from './CodeGate';
import { judgeInCode } from './judgeInCode';

const at = new Date('2025-06-01T12:00:00Z');

function gateOf(
  judge: (input: CanaryGateInput) => unknown,
  more: Partial<CanaryGate> = {},
): CodeGate {
  return new CodeGate({
    name: 'evaluated',
    title: { en: 'Evaluated answers' },
    rollBackWhen: 'below 0.6',
    advanceWhen: 'at least 0.7',
    timeoutMs: 100,
    judge: async input => (await judge(input)) as never,
    ...more,
  });
}

async function judged(gate: CodeGate, record = aCanary()) {
  const [finding] = await judgeInCode(record, [gate], {
    windowSeconds: 300,
    at,
  });
  return finding;
}

const never = new Promise<never>(() => {});

describe('a gate in code', () => {
  it('is told of what it judges, and its answer counts', async () => {
    let asked: CanaryGateInput | undefined;
    const finding = await judged(
      gateOf(input => {
        asked = input;
        return {
          outcome: 'breach',
          reason: '0.4 by 30 evaluations',
          value: 0.4,
          stableValue: 0.8,
        };
      }),
    );
    const record = aCanary();
    expect(asked).toMatchObject({
      canaryId: record.id,
      entityRef: record.entityRef,
      service: record.service,
      window: { from: new Date('2025-06-01T11:55:00Z'), to: at },
    });
    expect(finding).toMatchObject({
      gate: 'evaluated',
      title: { en: 'Evaluated answers' },
      outcome: 'breach',
      message: '0.4 by 30 evaluations',
      canary: { value: { status: 'known', value: 0.4 } },
      stable: { value: { status: 'known', value: 0.8 } },
      bounds: { rollBackWhen: 'below 0.6', advanceWhen: 'at least 0.7' },
    });
  });

  it.each<[string, (input: CanaryGateInput) => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('no such model');
      },
      'It failed: no such model',
    ],
    ['is late', () => never, 'It did not answer within 0.1 s.'],
    [
      'answers nothing',
      () => undefined,
      'It answered something that is no verdict.',
    ],
    [
      'answers another word',
      () => ({ outcome: 'ok', reason: 'fine' }),
      'It answered something that is no verdict.',
    ],
    [
      'passes without a reason',
      () => ({ outcome: 'pass' }),
      'It answered something that is no verdict.',
    ],
    [
      'measures what is no number',
      () => ({ outcome: 'pass', reason: 'fine', value: NaN }),
      'It answered something that is no verdict.',
    ],
  ])('holds, and never passes, where it %s', async (_, judge, message) => {
    expect(await judged(gateOf(judge))).toMatchObject({
      outcome: 'hold',
      holdReason: 'source-unreachable',
      message,
    });
  });

  it('holds where it throws before it promises anything', async () => {
    const judge = () => {
      throw new Error('no such model');
    };
    expect(await judged(gateOf(judge, { judge }))).toMatchObject({
      outcome: 'hold',
      holdReason: 'source-unreachable',
      message: 'It failed: no such model',
    });
  });

  it('keeps no more than a part of a reason that is long', async () => {
    const finding = await judged(
      gateOf(() => ({ outcome: 'pass', reason: 'x'.repeat(100_000) })),
    );
    expect(finding.message).toBe(`${'x'.repeat(500)}…`);
  });

  it('judges no more canaries at a time than it may, also where one ignores that nobody waits any more', async () => {
    let open = 0;
    let most = 0;
    let release = () => {};
    const gate = gateOf(
      async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise<void>(resolve => {
          release = resolve;
        });
        open -= 1;
        return { outcome: 'pass', reason: 'fine' };
      },
      { concurrency: 1 },
    );
    const both = await Promise.all([
      judged(gate),
      judged(gate, { ...aCanary(), id: 'c2' }),
    ]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['hold', 'hold']);
    expect(most).toBe(1);
    // Once it has ended, the next has its turn.
    const freed = release;
    freed();
    await new Promise(resolve => setImmediate(resolve));
    const third = judged(gate);
    await new Promise(resolve => setImmediate(resolve));
    release();
    expect((await third).outcome).toBe('pass');
    expect(most).toBe(1);
  });

  describe('that is slow', () => {
    const answers: ((answer: CanaryGateAnswer) => void)[] = [];
    const signals: AbortSignal[] = [];
    let gate: CodeGate;

    beforeEach(() => {
      answers.length = 0;
      signals.length = 0;
      gate = gateOf(
        ({ signal }) => {
          signals.push(signal);
          return new Promise<CanaryGateAnswer>(resolve => {
            answers.push(resolve);
          });
        },
        { timeoutMs: 20_000 },
      );
    });

    it('holds and keeps no look waiting, and its answer counts at a later one', async () => {
      const began = performance.now();
      const first = await judged(gate);
      const second = await judged(gate);
      expect(performance.now() - began).toBeLessThan(5000);
      for (const finding of [first, second]) {
        expect(finding).toMatchObject({
          outcome: 'hold',
          holdReason: 'no-data',
          message: 'It was asked, and has not answered yet.',
        });
      }
      // Never twice at a time.
      expect(answers).toHaveLength(1);
      answers[0]({ outcome: 'pass', reason: 'fine' });
      await new Promise(resolve => setImmediate(resolve));
      expect((await judged(gate)).outcome).toBe('pass');
      // Its answer is used once, and it is asked again.
      expect(answers).toHaveLength(2);
      expect((await judged(gate)).outcome).toBe('hold');
    });

    it('has nothing to say of another step than it was asked about', async () => {
      await judged(gate);
      const record = aCanary();
      const next = {
        ...record,
        progress: { ...record.progress, step: record.progress.step + 1 },
      };
      answers[0]({ outcome: 'pass', reason: 'fine' });
      await new Promise(resolve => setImmediate(resolve));
      expect((await judged(gate, next)).outcome).toBe('hold');
      await judged(gate, record);
      expect(signals[1].aborted).toBe(true);
    });
  });

  it('is refused by name where it is not described as it has to be', () => {
    expect(() => gateOf(() => undefined, { name: 'Not a name' })).toThrow(
      "The canary gate 'Not a name' of a module cannot be used: name:",
    );
    expect(() => gateOf(() => undefined, { timeoutMs: 1e9 })).toThrow(
      "The canary gate 'evaluated' of a module cannot be used: timeoutMs:",
    );
  });
});
