import type { InstantResult } from '../../prometheus/PrometheusClient';
import { SourceError } from '../../target/SourceError';
import { PatientPrometheus } from './PatientPrometheus';

const slow = new SourceError('source-unreachable', 'It did not answer.');

describe('PatientPrometheus', () => {
  let nowMs: number;
  let asked: { answer(): void; fail(afterMs: number, error?: Error): void }[];
  let patient: PatientPrometheus;

  beforeEach(() => {
    nowMs = 0;
    asked = [];
    patient = new PatientPrometheus(
      {
        query: () =>
          new Promise((resolve, reject) => {
            asked.push({
              answer: () => resolve({} as InstantResult),
              fail: (afterMs, error = slow) => {
                nowMs += afterMs;
                reject(error);
              },
            });
          }),
        queryRange: () => Promise.reject(new Error('not asked')),
      },
      () => nowMs,
    );
  });

  async function failedSlowly(): Promise<void> {
    const first = patient.query('up');
    asked[0].fail(10_000);
    await expect(first).rejects.toBe(slow);
  }

  it('keeps nobody waiting after a failure that was slow', async () => {
    await failedSlowly();
    await expect(patient.query('up')).rejects.toBe(slow);
    expect(asked).toHaveLength(1);
  });

  it('lets one find out after a while, and everybody once it answers', async () => {
    await failedSlowly();
    nowMs += 5000;
    const second = patient.query('up');
    await expect(patient.query('up')).rejects.toBe(slow);
    asked[1].answer();
    await second;
    const both = [patient.query('up'), patient.query('up')];
    asked.slice(2).forEach(({ answer }) => answer());
    await Promise.all(both);
    expect(asked).toHaveLength(4);
  });

  it('lets the next find out where the one who should have gave up', async () => {
    await failedSlowly();
    nowMs += 5000;
    const second = patient.query('up');
    asked[1].fail(0, new DOMException('gave up', 'AbortError'));
    await expect(second).rejects.toThrow('gave up');
    const third = patient.query('up');
    asked[2].answer();
    await third;
  });

  it('asks every time where failures are quick', async () => {
    const first = patient.query('up');
    asked[0].fail(100);
    await expect(first).rejects.toBe(slow);
    const second = patient.query('up');
    asked[1].answer();
    await second;
  });
});
